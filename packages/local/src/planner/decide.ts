import type { JSONValue, LanguageModelV4CallOptions } from '@ai-sdk/provider';
import { inputOf } from './chosen-thing.ts';
import { answerLanguage } from './conversation/answer-language.ts';
import { currentImage } from './conversation/current-image.ts';
import { chosenIn, readPast } from './conversation/past.ts';
import type { ToolOutcome } from './conversation/tool-output.ts';
import { readTurn } from './conversation/turn.ts';
import { type ReadRequest, readRequest } from './grammar/read-request.ts';
import { firstSteps, isWanted, outputsOf } from './guards.ts';
import type { Intent } from './intents/intent.ts';
import { type Outcomes, type Progress, readProgress } from './progress.ts';
import type { PlannedStep } from './step.ts';
import { tellCheck } from './wording/conditions.ts';
import { notUnderstood } from './wording/not-understood.ts';
import { failed, noPicture, noTool, notFinished, planFailed, unreadable, whichOne } from './wording/stopped.ts';
import { readChoice, readCutOut } from './wording/tool-results.ts';

/**
 * Why an answer ended, as the raw finish reason: all done; the request made no sense; there is no picture yet; a tool
 * failed or was not allowed; several things match; a tool is missing; no more calls were allowed.
 */
export type AnswerReason =
  | 'done'
  | 'request-not-understood'
  | 'image-needed'
  | 'tool-failed'
  | 'choice-needed'
  | 'tool-missing'
  | 'unfinished';

/** The planner's next move. */
export type Decision =
  | {
      readonly kind: 'call';
      readonly id: string;
      readonly tool: string;
      readonly input: Readonly<Record<string, JSONValue>>;
    }
  | { readonly kind: 'answer'; readonly text: string; readonly reason: AnswerReason };

/** Decides the next move from the conversation alone. Pure. */
export function decide({ prompt, tools, toolChoice }: LanguageModelV4CallOptions): Decision {
  const turn = readTurn(prompt);
  const past = readPast(prompt);
  const request = readRequest(turn.request, { context: past, answerIn: answerLanguage(prompt) });
  const steps = request.intents.flatMap((intent) => intent.steps);
  if (toolChoice?.type === 'tool' && toolChoice.toolName === 'plan') {
    return {
      kind: 'call',
      id: `plan-${turn.number}`,
      tool: 'plan',
      input: { steps: request.intents.flatMap(writtenSteps) },
    };
  }
  if (request.notUnderstood !== undefined)
    return answer(notUnderstood(request.notUnderstood, request.doubt, request.language), 'request-not-understood');
  const planned = turn.exchanges.findLast((exchange) => exchange.tool === 'plan')?.outcome;
  if (planned?.ok === false) return answer(planFailed(planned, request.language), 'tool-failed');
  const offered = new Set(tools?.map((tool) => tool.name));
  const { intents } = request;
  const starts = firstSteps(intents);
  const owners = intents.flatMap((intent) => intent.steps.map(() => intent));
  const progress = readProgress(
    steps,
    turn.exchanges,
    (index, outcomes) =>
      (steps[index].optional === true && !offered.has(steps[index].tool)) || !isWanted(owners[index], starts, outcomes),
  );
  const report = doneSoFar(request, progress);
  const ending = (text: string, reason: AnswerReason): Decision => answer([...report, text].join(' '), reason);
  if (progress.stopped) {
    const { step, outcome } = progress.stopped;
    return ending(whyStopped(request, step, outcome), outcome.ok ? 'choice-needed' : 'tool-failed');
  }
  if (progress.next >= steps.length) return answer(report.join(' '), 'done');
  const step = steps[progress.next];
  if (toolChoice?.type === 'none') return ending(notFinished(step, request.language), 'unfinished');
  const current = currentImage(prompt);
  if (current === undefined && needsPicture(step)) return ending(noPicture(request.language), 'image-needed');
  if (!offered.has(step.tool)) return ending(noTool(step, request.language), 'tool-missing');
  const image = step.needs.includes('image') ? current : undefined;
  const mask = step.needs.includes('mask') ? newestMask(steps, progress) : undefined;
  if (step.needs.includes('mask') && mask === undefined) {
    return ending(unreadable(steps[progress.next - 1], request.language), 'tool-failed');
  }
  const input = {
    ...(image === undefined ? {} : { image }),
    ...(mask === undefined ? {} : { mask }),
    ...inputOf(step, progress.outcomes[progress.next - 1], chosenIn(past.chosen, turn.exchanges, current)),
  };
  return { kind: 'call', id: `step-${turn.number}-${progress.next + 1}-${prompt.length}`, tool: step.tool, input };
}

const answer = (text: string, reason: AnswerReason): Decision => ({ kind: 'answer', text, reason });

/** An intent's steps as the plan names them; what waits for a check may be left undone. */
const writtenSteps = ({ steps, guards = [] }: Intent): JSONValue[] =>
  steps.map(({ tool, target, message }) => ({
    tool,
    ...(target === undefined ? {} : { target }),
    message,
    ...(guards.length > 0 ? { conditional: true } : {}),
  }));

/** Where there never was a picture there is nothing to undo either. */
const needsPicture = (step: PlannedStep): boolean => step.needs.includes('image') || step.tool === 'undo_edit';

function whyStopped({ intents, language }: ReadRequest, index: number, outcome: ToolOutcome): string {
  const steps = intents.flatMap((intent) => intent.steps.map((step) => ({ step, goal: intent.steps.at(-1) ?? step })));
  const { step, goal } = steps[index];
  // What was asked for has failed, whichever of its steps it was; a refusal is of the step alone.
  if (!outcome.ok) return failed(outcome.denied ? step : goal, outcome, language);
  const choice = readChoice(outcome.output);
  return choice ? whichOne(choice, language) : notFinished(step, language);
}

/** One sentence for each intent whose steps all have answers; none for what was left out, which its check tells. */
function doneSoFar({ intents, language }: ReadRequest, { outcomes, next, stopped }: Progress): readonly string[] {
  const starts = firstSteps(intents);
  const sentences: string[] = [];
  for (const intent of intents) {
    const start = starts.get(intent) ?? 0;
    if (start + intent.steps.length > (stopped?.step ?? next)) break;
    if (!isWanted(intent, starts, outcomes)) continue;
    const outputs = outputsOf(intent, start, outcomes);
    const report = intent.report(outputs);
    sentences.push(
      intent.judge
        ? tellCheck(report, intent.judge(outputs), leftOut(intent, intents, starts, outcomes), language)
        : (report ?? unreadable(intent.steps[intent.steps.length - 1], language)),
    );
  }
  return sentences.filter((sentence) => sentence !== '');
}

/** What a check keeps from being done; nothing where something else was done instead. */
function leftOut(check: Intent, intents: readonly Intent[], starts: ReadonlyMap<Intent, number>, outcomes: Outcomes) {
  const waiting = intents.filter(({ guards = [] }) => guards.some((guard) => guard.check === check));
  return waiting.some((intent) => isWanted(intent, starts, outcomes)) ? [] : waiting;
}

/** The mask that the latest cut-out answered. */
function newestMask(steps: readonly PlannedStep[], { outcomes, next }: Progress): string | undefined {
  const latest = steps.slice(0, next).findLastIndex((step) => step.tool === 'segment_object');
  const outcome = outcomes[latest];
  return outcome?.ok ? readCutOut(outcome.output)?.mask : undefined;
}
