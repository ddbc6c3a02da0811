import type { LanguageModelV4, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import {
  AtelierError,
  atelier,
  type EditNode,
  type HistoryStore,
  memoryHistoryStore,
  type Session,
} from '@atelier/sdk';
import type { PlanCase } from './case.ts';
import { paintScene } from './paint-scene.ts';
import { sceneBackend } from './scene-backend.ts';
import { type Touched, touchedBy } from './touched.ts';

/** One call of a tool, as it ran. */
export interface RanCall {
  readonly tool: string;
  /** For adjust_image. */
  readonly operation?: string | undefined;
  /** What the edit touched; undefined where nothing was edited. */
  readonly touched?: Touched | undefined;
}

export interface RanTurn {
  readonly calls: readonly RanCall[];
  /** What the person was told in the end. */
  readonly answer: string;
  /** What the person was asked on the way. */
  readonly asked: readonly string[];
}

/** A call while it runs: the edits that were kept since it began are its own. */
interface NotedCall {
  readonly tool: string;
  readonly input: unknown;
  readonly edits: EditNode[];
}

/** Plays a case: one session over the painted scene, its turns one after the other. */
export async function runCase(planCase: PlanCase, brain: LanguageModelV4): Promise<readonly RanTurn[]> {
  const scene = await paintScene(planCase);
  const eye = sceneBackend(scene);
  const notes: NotedCall[] = [];
  const studio = atelier({ backends: [eye], brain: watched(brain, notes), history: watchedHistory(notes) });
  const session = studio.session({ image: scene.image });
  const turns: RanTurn[] = [];
  for (const turn of planCase.turns) {
    notes.length = 0;
    const { answer, asked } = await say(session, turn);
    const calls: RanCall[] = [];
    for (const note of notes) calls.push(await ranCall(note, session, eye));
    turns.push({ calls, answer, asked });
  }
  await studio.close();
  return turns;
}

async function say(session: Session, { say: prompt, choice }: PlanCase['turns'][number]) {
  const asked: string[] = [];
  const { result } = session.run(prompt, {
    answer: (question) => {
      const candidates =
        question.kind === 'choice' ? `: ${question.candidates.map(({ label }) => label).join(', ')}` : '';
      asked.push(`${question.kind}, ${question.reason}${candidates}`);
      // Nobody would choose among things that were not asked for.
      if (question.kind !== 'choice' || choice === undefined || question.reason === 'no-match') return undefined;
      return { choice };
    },
  });
  const answer = await result.then(
    (done) => done.answer,
    (error: unknown) => {
      if (!AtelierError.isInstance(error)) throw error;
      return `[${error.code}] ${error.message}`;
    },
  );
  return { answer, asked };
}

async function ranCall(
  { tool, input, edits }: NotedCall,
  session: Session,
  eye: ReturnType<typeof sceneBackend>,
): Promise<RanCall> {
  const operation = tool === 'adjust_image' ? text(input, 'operation') : undefined;
  const edit = tool === 'undo_edit' ? undefined : edits.at(-1);
  return { tool, operation, touched: edit && (await touchedBy(edit, session, eye)) };
}

function text(input: unknown, key: string): string | undefined {
  const value: unknown = typeof input === 'object' && input !== null ? Reflect.get(input, key) : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** The same brain, with its tool calls noted in order: all that it asks for but the plan. */
function watched(brain: LanguageModelV4, notes: NotedCall[]): LanguageModelV4 {
  const note = (part: { type: string; toolName?: unknown; input?: unknown }): void => {
    if (part.type !== 'tool-call' || typeof part.toolName !== 'string' || part.toolName === 'plan') return;
    notes.push({
      tool: part.toolName,
      input: typeof part.input === 'string' ? parsed(part.input) : part.input,
      edits: [],
    });
  };
  return {
    ...brain,
    async doGenerate(options) {
      const result = await brain.doGenerate(options);
      for (const part of result.content) note(part);
      return result;
    },
    async doStream(options) {
      const result = await brain.doStream(options);
      const noting = new TransformStream<LanguageModelV4StreamPart, LanguageModelV4StreamPart>({
        transform(part, controller) {
          note(part);
          controller.enqueue(part);
        },
      });
      return { ...result, stream: result.stream.pipeThrough(noting) };
    },
  };
}

function parsed(input: string): unknown {
  try {
    return JSON.parse(input);
  } catch {
    return undefined;
  }
}

/** A store in memory that gives what a call leads to, to that call: the edit on which the picture then rests. */
function watchedHistory(notes: readonly NotedCall[]): HistoryStore {
  const store = memoryHistoryStore();
  let head: string | null = null;
  return {
    load: (scope, id) => store.load(scope, id),
    async save(scope, record) {
      await store.save(scope, record);
      const edit = record.edits.find(({ id }) => id === record.head);
      if (edit && record.head !== head) notes.at(-1)?.edits.push(edit);
      head = record.head;
    },
  };
}
