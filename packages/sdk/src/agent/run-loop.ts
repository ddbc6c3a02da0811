import type { LanguageModelV4 } from '@ai-sdk/provider';
import { isStepCount, type ModelMessage, type ToolApprovalStatus, ToolLoopAgent, type ToolSet } from 'ai';
import type { AtelierError } from '../errors/atelier-error.ts';
import type { KnownImage } from '../history/session-record.ts';
import { cancelled, unlessAborted } from '../image/abort.ts';
import { renderForAiSdk } from '../tools/render-ai-sdk.ts';
import { pictureParts, type ShowPicture, showPicturesOf } from '../tools/show-pictures.ts';
import { isToolName } from '../tools/tools.ts';
import { taskWords, type UndoneWork } from './approval-words.ts';
import { askedPhrases } from './asked-phrases.ts';
import { Asker } from './asker.ts';
import { toAtelierError } from './brain-error.ts';
import { repairingToolCalls } from './brains/repair-tool-call.ts';
import { seesPictures, takesPictures } from './brains/sees-pictures.ts';
import { withoutPictures } from './brains/without-pictures.ts';
import { Budget, defaultSeconds, defaultSteps } from './budget.ts';
import { noTraces, type PlannedStep, type RunTraces } from './events.ts';
import { callInput, deniedByRule, type GatedCall, judge, notApproved, refusal } from './gate.ts';
import { instructions } from './instructions.ts';
import type { Narrator } from './narrator.ts';
import { planFirst } from './plan-first.ts';
import { recordedBrain } from './recorded-brain.ts';
import type { ApprovalMode } from './run.ts';
import type { RunPort } from './run-port.ts';
import { type OpenContext, ToolRunner } from './tool-runner.ts';

/** An edit of an earlier run, as far as a question about it names it. */
export interface MadeEdit extends UndoneWork {
  readonly id: string;
}

/** Where a run starts: recorded, because the session has moved on when a run is replayed. */
export interface RunStart {
  /** The run's id: what it leaves in the session is kept once. */
  readonly id: string;
  readonly images: readonly KnownImage[];
  readonly current: string | null;
  /** Edits that the current picture rested on already. */
  readonly edits: readonly string[];
  /** What those edits did, oldest first; left out by runs that were begun before this was kept. */
  readonly made?: readonly MadeEdit[] | undefined;
  readonly messages: readonly ModelMessage[];
}

/** What the loop needs from its session. Each call happens inside a recorded step. */
export interface RunSession {
  begin(id: string): Promise<RunStart>;
  /** Says what became of the session's picture, and keeps what the run has to say about it. */
  commit(start: RunStart, tell: (traces: RunTraces) => readonly ModelMessage[]): Promise<RunTraces>;
  readonly context: OpenContext;
}

export interface RunOutcome extends RunTraces {
  readonly answer: string;
  /** True when every edit that was planned was made and passed its second look. */
  readonly verified: boolean;
  /** Edits that were planned, whatever is found, and not made. */
  readonly notDone: readonly PlannedStep[];
}

export interface RunLoopOptions {
  readonly brain: LanguageModelV4;
  readonly session: RunSession;
  readonly prompt: string;
  readonly port: RunPort;
  readonly narrator: Narrator;
  readonly signal: AbortSignal | undefined;
  /** Which calls wait for a person. Default `never`. */
  readonly approve?: ApprovalMode | undefined;
  /** Most calls of the brain in one run. Default 40. */
  readonly maxSteps?: number | undefined;
  /** Most time, in seconds. Default 900. */
  readonly maxSeconds?: number | undefined;
  /** Most time of one step, in seconds. Default: no limit of its own. */
  readonly maxStepSeconds?: number | undefined;
}

/** One prompt from start to end: plan, act, check, answer. Rejects with the error that also is the `failure` event. */
export async function runLoop(options: RunLoopOptions): Promise<RunOutcome> {
  const { narrator, port, session, signal } = options;
  const budget = new Budget(port, options.maxSeconds ?? defaultSeconds, signal, options.maxStepSeconds);
  const asker = new Asker(port, narrator, signal);
  const runner = new ToolRunner({ port, narrator, asker, budget, open: session.context });
  const dialogue: ModelMessage[] = [{ role: 'user', content: options.prompt }];
  let start: RunStart | undefined;
  try {
    const id = await port.newId('run');
    start = await unlessAborted(
      port.step('start', () => session.begin(id)),
      signal,
    );
    runner.rememberAsked(askedPhrases(start.messages));
    const text = await unlessAborted(think(options, { runner, asker, budget }, start, dialogue), signal);
    const begun = start;
    const tell = ({ edits }: RunTraces) => withoutClaim(dialogue, runner.edits.lostFrom(edits));
    const traces = await port.step('finish', () => session.commit(begun, tell));
    narrator.progress.end();
    const lost = runner.edits.lostFrom(traces.edits);
    if (lost) throw lost;
    const notDone = runner.notDone;
    const verified = notDone.length === 0 && traces.edits.every(({ verified }) => verified.ok);
    const outcome = { answer: text, verified, notDone, ...traces };
    await narrator.tell('answer', { status: 'success', ...outcome }, text);
    return outcome;
  } catch (cause) {
    const error = signal?.aborted ? cancelled(signal.reason) : toAtelierError(cause);
    await tellEnd(options, runner, start, dialogue, error);
    throw error;
  }
}

/** What a brain says at the end is not kept where it is not so: whoever goes on from it must not be misled. */
function withoutClaim(dialogue: readonly ModelMessage[], error: AtelierError | undefined): readonly ModelMessage[] {
  if (!error) return dialogue;
  const kept = dialogue.at(-1)?.role === 'assistant' ? dialogue.slice(0, -1) : dialogue;
  return [...kept, { role: 'assistant', content: error.message }];
}

interface Parts {
  readonly runner: ToolRunner;
  readonly asker: Asker;
  readonly budget: Budget;
}

/** The brain's part. What it said is added to the dialogue once it has ended, also where the run then fails. Returns the answer. */
async function think(
  options: RunLoopOptions,
  parts: Parts,
  start: RunStart,
  dialogue: ModelMessage[],
): Promise<string> {
  const { brain, narrator, signal, session } = options;
  const { runner, budget } = parts;
  const preview = takesPictures(brain) ? showPicturesOf(session.context) : undefined;
  const agent = new ToolLoopAgent<never, ToolSet>({
    model: recordedBrain(brain, budget, (text) => narrator.token(text)),
    instructions: instructions(start.images, start.current, narrator.language),
    tools: renderForAiSdk((definition, input, call) => runner.run(definition, input, call), { preview }),
    // One after the other: two edits of one picture at once would lose one, and events keep their order.
    toolCallConcurrency: 1,
    toolApproval: gateOf(options, parts, start),
    repairToolCall: repairingToolCalls((name) => runner.failures.addUnreadable(name)),
    // Retries happen inside the recorded step, or a replay would count calls differently.
    maxRetries: 0,
    stopWhen: [isStepCount(options.maxSteps ?? defaultSteps), () => runner.failures.isFinal, () => budget.isOver],
    prepareStep: planFirst(seesPictures(brain)),
  });
  const asked = await showCurrent(options.prompt, start.current, preview);
  const result = await agent.generate({
    messages: [...start.messages, asked],
    ...(signal ? { abortSignal: signal } : {}),
  });
  dialogue.push(...withoutPictures(result.responseMessages));
  if (budget.isOver) throw budget.error;
  runner.failures.throwIfAny(result, runner.hasEdited);
  return result.text.trim();
}

/** The person's message, with a small copy of the picture it is about for a brain that sees. */
async function showCurrent(
  prompt: string,
  current: string | null,
  preview: ShowPicture | undefined,
): Promise<ModelMessage> {
  const shown = current === null ? undefined : await preview?.(current);
  if (current === null || !shown) return { role: 'user', content: prompt };
  return { role: 'user', content: [{ type: 'text', text: prompt }, ...pictureParts(current, shown)] };
}

/** Asks people about the calls that need their yes, as the AI SDK's tool approval. */
function gateOf(
  { approve = 'never', brain, port, narrator }: RunLoopOptions,
  { runner, asker }: Parts,
  start: RunStart,
) {
  const { language } = narrator;
  let calls = 0;
  return async (call: GatedCall): Promise<ToolApprovalStatus> => {
    const { toolName, input } = call.toolCall;
    const decide = () => judge(call, approve, seesPictures(brain));
    // A rule of the caller's own may answer otherwise the next time.
    const verdict = await (typeof approve === 'function' ? port.step(`approve:${calls++}`, decide) : decide());
    if (verdict.type === 'allow' || !isToolName(toolName)) return 'not-applicable';
    const given = callInput(input);
    const work = { ...runner.propose(toolName, given), undoes: undoneBy(toolName, given, runner, start) };
    if (verdict.type === 'deny') {
      if (verdict.planned) runner.failures.refuse(call.toolCall, deniedByRule(toolName, taskWords(language, work)));
      return { type: 'denied', reason: verdict.reason };
    }
    const { reason } = verdict;
    const image = typeof given.image === 'string' ? given.image : start.current;
    const answer = await asker.approval(work, { reason, image });
    if (answer?.approved === true) {
      runner.failures.allow(call.toolCall);
      return 'not-applicable';
    }
    // What nobody had asked for is no failure when it is left undone.
    if (reason === 'asked') {
      const error = notApproved(toolName, taskWords(language, work), answer);
      runner.failures.refuse(call.toolCall, error);
    }
    return { type: 'denied', reason: refusal(reason, toolName, answer) };
  };
}

/** The edit of an earlier run that a call would take back. What this run has made, the person has just read of. */
function undoneBy(
  tool: string,
  { edit }: Readonly<Record<string, unknown>>,
  { hasEdited }: ToolRunner,
  { made = [] }: RunStart,
): UndoneWork | undefined {
  if (tool !== 'undo_edit') return undefined;
  if (edit !== undefined) return made.find(({ id }) => id === edit);
  return hasEdited ? undefined : made.at(-1);
}

/** The last event of a run that did not end well. Edits that were made stay made, and the dialogue keeps what was said. */
async function tellEnd(
  { narrator, port, session }: RunLoopOptions,
  runner: ToolRunner,
  start: RunStart | undefined,
  dialogue: readonly ModelMessage[],
  error: AtelierError,
): Promise<void> {
  // A dialogue goes on from what was said last, be it only that it failed.
  const told: ModelMessage[] = [...dialogue];
  if (told.at(-1)?.role !== 'assistant') told.push({ role: 'assistant', content: error.message });
  const traces = start
    ? await port.step('finish:failed', () => session.commit(start, () => told)).catch(() => noTraces)
    : noTraces;
  await narrator.tellEnd(error, runner.currentStep, traces);
}
