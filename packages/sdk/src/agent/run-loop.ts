import type { LanguageModelV4 } from '@ai-sdk/provider';
import { isStepCount, type ModelMessage, ToolLoopAgent } from 'ai';
import type { AtelierError } from '../errors/atelier-error.ts';
import type { KnownImage } from '../history/session-record.ts';
import { cancelled, unlessAborted } from '../image/abort.ts';
import { renderForAiSdk } from '../tools/render-ai-sdk.ts';
import { toAtelierError } from './brain-error.ts';
import type { RunTraces } from './events.ts';
import { instructions } from './instructions.ts';
import type { Narrator } from './narrator.ts';
import { recordedBrain } from './recorded-brain.ts';
import type { RunPort } from './run-port.ts';
import { type OpenContext, ToolRunner } from './tool-runner.ts';

/** Where a run starts: recorded, because the session has moved on when a run is replayed. */
export interface RunStart {
  /** The run's id: what it leaves in the session is kept once. */
  readonly id: string;
  readonly images: readonly KnownImage[];
  readonly current: string | null;
  /** Edits that the current picture rested on already. */
  readonly edits: readonly string[];
  readonly messages: readonly ModelMessage[];
}

/** What the loop needs from its session. Each call happens inside a recorded step. */
export interface RunSession {
  begin(id: string): Promise<RunStart>;
  /** Keeps the run's messages, and says what became of the session's picture. */
  commit(start: RunStart, messages: readonly ModelMessage[]): Promise<RunTraces>;
  readonly context: OpenContext;
}

export interface RunOutcome extends RunTraces {
  readonly answer: string;
  /** True when every edit passed its second look (and when nothing was edited). */
  readonly verified: boolean;
}

export interface RunLoopOptions {
  readonly brain: LanguageModelV4;
  readonly session: RunSession;
  readonly prompt: string;
  readonly port: RunPort;
  readonly narrator: Narrator;
  readonly signal: AbortSignal | undefined;
  /** Most calls of the brain in one run. Default 40. */
  readonly maxSteps?: number | undefined;
}

/** One prompt from start to end: plan, act, check, answer. Rejects with the error that also is the `failure` event. */
export async function runLoop(options: RunLoopOptions): Promise<RunOutcome> {
  const { narrator, port, session, signal } = options;
  const runner = new ToolRunner(port, narrator, session.context, signal);
  const dialogue: ModelMessage[] = [{ role: 'user', content: options.prompt }];
  let start: RunStart | undefined;
  try {
    const id = await port.newId('run');
    start = await unlessAborted(
      port.step('start', () => session.begin(id)),
      signal,
    );
    const text = await unlessAborted(think(options, runner, start, dialogue), signal);
    const begun = start;
    const traces = await port.step('finish', () => session.commit(begun, dialogue));
    narrator.progress.end();
    const outcome = { answer: text, verified: traces.edits.every(({ verified }) => verified.ok), ...traces };
    await narrator.tell('answer', { status: 'success', ...outcome }, text);
    return outcome;
  } catch (cause) {
    const error = signal?.aborted ? cancelled(signal.reason) : toAtelierError(cause);
    await tellEnd(options, runner, start, dialogue, error);
    throw error;
  }
}

/** The brain's part. What it said is added to the dialogue once it has ended, also where the run then fails. Returns the answer. */
async function think(
  options: RunLoopOptions,
  runner: ToolRunner,
  start: RunStart,
  dialogue: ModelMessage[],
): Promise<string> {
  const { brain, narrator, port, signal } = options;
  const agent = new ToolLoopAgent({
    model: recordedBrain(brain, port, (text) => narrator.token(text)),
    instructions: instructions(start.images, start.current, narrator.language),
    tools: renderForAiSdk((definition, input, call) => runner.run(definition, input, call)),
    // One after the other: two edits of one picture at once would lose one, and events keep their order.
    toolCallConcurrency: 1,
    // Retries happen inside the recorded step, or a replay would count calls differently.
    maxRetries: 0,
    stopWhen: [isStepCount(options.maxSteps ?? 40), () => runner.failures.isFinal],
    prepareStep: ({ stepNumber }) => (stepNumber === 0 ? { toolChoice: { type: 'tool', toolName: 'plan' } } : {}),
  });
  const result = await agent.generate({
    messages: [...start.messages, ...dialogue],
    ...(signal ? { abortSignal: signal } : {}),
  });
  dialogue.push(...result.responseMessages);
  runner.failures.throwIfAny(result, runner.hasEdited);
  return result.text.trim();
}

/** The last event of a run that did not end well. Edits that were made stay made, and the dialogue keeps what was said. */
async function tellEnd(
  { narrator, port, session }: RunLoopOptions,
  runner: ToolRunner,
  start: RunStart | undefined,
  dialogue: readonly ModelMessage[],
  error: AtelierError,
): Promise<void> {
  const none: RunTraces = { outputImage: null, edits: [] };
  // A dialogue goes on from what was said last, be it only that it failed.
  const told: ModelMessage[] = [...dialogue];
  if (told.at(-1)?.role !== 'assistant') told.push({ role: 'assistant', content: error.message });
  const traces = start ? await port.step('finish:failed', () => session.commit(start, told)).catch(() => none) : none;
  if (error.code === 'cancelled') {
    await narrator.tell('answer', { status: 'cancelled', ...traces }, error.message);
    return;
  }
  const step = runner.currentStep;
  await narrator.tell('answer', { status: 'failure', error: error.toJSON(), step, ...traces }, error.message);
}
