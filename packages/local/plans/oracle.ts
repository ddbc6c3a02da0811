import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { findOperation } from '@atelier/sdk/adjust';
import { type ExpectedCall, type PlanCase, readEntry } from './case.ts';
import { sceneSize } from './paint-scene.ts';

/**
 * A brain that knows what is accepted: it makes the calls of one accepted order of each turn. What it does is right by
 * definition, so it proves that the harness and a case's scene let the case be done.
 */
export function oracle(
  planCase: PlanCase,
  orderOf: (turn: PlanCase['turns'][number]) => readonly string[],
): LanguageModelV4 {
  return {
    specificationVersion: 'v4',
    provider: 'suite',
    modelId: 'oracle',
    supportedUrls: { '*/*': [/^.*$/] },
    // Read by the run loop: this brain must not be shown pictures.
    ...{ seesPictures: false },
    doGenerate: () => {
      throw new Error('Runs stream.');
    },
    doStream: async (options) => {
      const parts = nextParts(planCase, orderOf, options);
      return {
        stream: new ReadableStream<LanguageModelV4StreamPart>({
          start(controller) {
            for (const part of parts) controller.enqueue(part);
            controller.close();
          },
        }),
      };
    },
  };
}

const usage = {
  inputTokens: { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 0, text: 0, reasoning: 0 },
};

function nextParts(
  planCase: PlanCase,
  orderOf: (turn: PlanCase['turns'][number]) => readonly string[],
  { prompt, toolChoice }: LanguageModelV4CallOptions,
): LanguageModelV4StreamPart[] {
  const turn = prompt.filter(({ role }) => role === 'user').length - 1;
  const since = prompt.slice(prompt.findLastIndex(({ role }) => role === 'user'));
  const calls = orderOf(planCase.turns[turn]).flatMap((entry) => readEntry(entry) ?? []);
  const planning = toolChoice?.type === 'tool' && toolChoice.toolName === 'plan';
  const done = since.filter(({ role }) => role === 'tool').length - 1;
  const call = planning ? undefined : calls[done];
  const toolCall = (toolName: string, input: unknown): LanguageModelV4StreamPart[] => [
    { type: 'tool-call', toolCallId: `call-${turn}-${done}`, toolName, input: JSON.stringify(input) },
    { type: 'finish', finishReason: { unified: 'tool-calls', raw: undefined }, usage },
  ];
  if (planning) return toolCall('plan', { steps: calls.map(({ tool }) => ({ tool, message: tool })) });
  if (call) return toolCall(call.tool, inputOf(call, planCase, currentImage(prompt)));
  return [
    { type: 'text-start', id: 'answer' },
    { type: 'text-delta', id: 'answer', delta: 'Done.' },
    { type: 'text-end', id: 'answer' },
    { type: 'finish', finishReason: { unified: 'stop', raw: 'done' }, usage },
  ];
}

/** The picture that was made last, by the tools of this turn, or the one that is marked as current. */
function currentImage(prompt: LanguageModelV4CallOptions['prompt']): string | undefined {
  const since = prompt.slice(prompt.findLastIndex(({ role }) => role === 'user'));
  const made = since.flatMap(({ role, content }) => (role === 'tool' ? [JSON.stringify(content)] : []));
  const edited = made.flatMap((text) => /\\?"image\\?":\\?"(img_[0-9a-f]{32})/.exec(text)?.[1] ?? []);
  const marked = /(img_[0-9a-f]{32})[^\n]{0,80}?\(current\)/.exec(JSON.stringify(prompt))?.[1];
  return edited.at(-1) ?? marked;
}

function inputOf({ tool, operation, on, index }: ExpectedCall, planCase: PlanCase, image: string | undefined): unknown {
  const target = targetOf(on, index, planCase);
  switch (tool) {
    case 'undo_edit':
      return {};
    case 'ask_image':
      return { image, question: 'What is there?' };
    case 'detect_objects':
      return { image, phrases: [] };
    case 'segment_object':
      return { image, ...targetOf(planCase.scene[0].label, 0, planCase) };
    case 'inpaint_image':
      return { image, ...target, prompt: 'a turquoise thing' };
    case 'adjust_image': {
      const found = findOperation(operation ?? '');
      const region =
        on === 'background' || on === 'everything' ? on : found.kind === 'frame' ? found.region : 'subject';
      return { image, ...target, operation, parameters: found.name === 'straighten' ? {} : found.example, region };
    }
    default:
      return { image, ...target };
  }
}

const manyOf = (label: string, { scene }: PlanCase): boolean =>
  scene.filter((thing) => thing.label === label).length > 1;

/** Words where they are enough, else the thing's box. */
function targetOf(
  on: string | undefined,
  index: number | undefined,
  planCase: PlanCase,
): Readonly<Record<string, unknown>> {
  if (on === undefined || on === 'everything') return {};
  if (on === 'background') return { phrase: 'the subject' };
  if (on === '-') return { phrase: 'the zeppelin' };
  if (!manyOf(on, planCase)) return { phrase: `the ${on}` };
  if (index === undefined) return { phrase: `all ${on}s` };
  const [x, y, width, height] = planCase.scene.filter(({ label }) => label === on)[index].box;
  return {
    box: {
      x: x * sceneSize.width,
      y: y * sceneSize.height,
      width: width * sceneSize.width,
      height: height * sceneSize.height,
    },
  };
}
