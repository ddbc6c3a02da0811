import type { LanguageModelV4 } from '@ai-sdk/provider';
import { isStepCount, type ModelMessage, ToolLoopAgent } from 'ai';
import type { AtelierError } from '../errors/atelier-error.ts';
import type { EditNode, KnownImage } from '../history/session-record.ts';
import { renderForAiSdk } from '../tools/render-ai-sdk.ts';
import { cancelled } from '../tools/run-tool.ts';
import type { ToolContext } from '../tools/tool-context.ts';
import { toAtelierError } from './brain-error.ts';
import { instructions } from './instructions.ts';
import type { Narrator } from './narrator.ts';
import { recordedBrain } from './recorded-brain.ts';
import type { RunPort } from './run-port.ts';
import { ToolRunner } from './tool-runner.ts';

/** Where a run starts: recorded, because the session has moved on when a run is replayed. */
export interface RunStart {
  readonly images: readonly KnownImage[];
  readonly current: string | null;
  readonly messages: readonly ModelMessage[];
}

/** What the loop needs from its session. Each call happens inside a recorded step. */
export interface RunSession {
  begin(signal: AbortSignal | undefined): Promise<RunStart>;
  /** Keeps the messages of the run and returns the edits with these ids, in order. */
  commit(messages: readonly ModelMessage[], edits: readonly string[]): Promise<readonly EditNode[]>;
  context(): Promise<Omit<ToolContext, 'language' | 'signal' | 'progress' | 'onVerify'>>;
}

export interface RunOutcome {
  readonly answer: string;
  /** Image id; null where the run made no picture. */
  readonly outputImage: string | null;
  readonly edits: readonly EditNode[];
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
  const { narrator, session, signal } = options;
  let runner: ToolRunner | undefined;
  try {
    await narrator.tell('plan', { status: 'queued' });
    const start = await narrator.step('start', () => session.begin(signal));
    const context = { ...(await session.context()), language: narrator.language, signal };
    runner = new ToolRunner(options.port, narrator, context, start);
    const outcome = await think(options, runner, start);
    narrator.progress.end();
    await narrator.tell('answer', { status: 'success', ...outcome }, outcome.answer);
    return outcome;
  } catch (cause) {
    const error = signal?.aborted ? cancelled(signal.reason) : toAtelierError(cause);
    await tellEnd(narrator, error, runner?.currentStep ?? null);
    throw error;
  }
}

async function think(options: RunLoopOptions, runner: ToolRunner, start: RunStart): Promise<RunOutcome> {
  const { brain, narrator, session, prompt, signal } = options;
  const model = recordedBrain(
    brain,
    (name, work) => narrator.step(name, work),
    (text) => narrator.token(text),
  );
  const agent = new ToolLoopAgent({
    model,
    instructions: instructions(start.images, start.current),
    tools: renderForAiSdk((definition, input, call) => runner.run(definition, input, call)),
    // One after the other: two edits of one picture at once would lose one, and events keep their order.
    toolCallConcurrency: 1,
    stopWhen: [isStepCount(options.maxSteps ?? 40), () => runner.mustStop],
    prepareStep: ({ stepNumber }) => (stepNumber === 0 ? { toolChoice: { type: 'tool', toolName: 'plan' } } : {}),
  });
  const request: ModelMessage = { role: 'user', content: prompt };
  const result = await agent.generate({
    messages: [...start.messages, request],
    ...(signal ? { abortSignal: signal } : {}),
  });
  runner.throwIfFailed(result);
  const edits = await narrator.step('finish', () =>
    session.commit([request, ...result.responseMessages], runner.edits),
  );
  return {
    answer: result.text.trim(),
    outputImage: runner.outputImage,
    edits,
    verified: edits.every(({ verified }) => verified.ok),
  };
}

async function tellEnd(narrator: Narrator, error: AtelierError, step: string | null): Promise<void> {
  if (error.code === 'cancelled') return narrator.tell('answer', { status: 'cancelled' }, error.message);
  await narrator.tell('answer', { status: 'failure', error: error.toJSON(), step }, error.message);
}
