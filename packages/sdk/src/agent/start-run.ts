import type { LanguageModelV4 } from '@ai-sdk/provider';
import type { ModelMessage } from 'ai';
import type { Language } from '../capabilities/ask/contract.ts';
import { AtelierError } from '../errors/atelier-error.ts';
import { isToolName } from '../tools/tools.ts';
import { toAtelierError } from './brain-error.ts';
import { defaultSeconds, defaultSteps } from './budget.ts';
import type { EventLog } from './event-log.ts';
import { noTraces } from './events.ts';
import { memoryPort } from './memory-port.ts';
import { Narrator } from './narrator.ts';
import type { RunOptions, RunResult } from './run.ts';
import { type RunSession, runLoop } from './run-loop.ts';
import type { SessionState } from './session-state.ts';
import type { OpenContext } from './tool-runner.ts';

/** What a run needs of its session. */
export interface RunParts {
  readonly brain: LanguageModelV4 | undefined;
  readonly context: OpenContext;
  /** The session's contents, with what others changed meanwhile. */
  state(): Promise<SessionState>;
  /** Runs of one session follow one another. Rejects with `cancelled` where the signal fires before its turn. */
  inTurn<Value>(work: () => Promise<Value>, signal: AbortSignal | undefined): Promise<Value>;
  parseMessage(message: unknown): ModelMessage;
}

/** Runs one prompt when its turn comes. Every end, also before the first step, is an event and a rejection. */
export async function startRun(
  parts: RunParts,
  prompt: string,
  options: RunOptions & { readonly language: Language },
  log: EventLog,
): Promise<RunResult> {
  const { port, narrator } = await queue(options, log).catch((error: unknown) => {
    throw toAtelierError(error);
  });
  const { brain } = parts;
  const refusal = refuse(brain, prompt, options);
  if (!brain || refusal) {
    const error = refusal ?? noBrain();
    await narrator.tellEnd(error, null, noTraces);
    throw error;
  }
  const { signal, maxSteps, maxSeconds, maxStepSeconds, approve } = options;
  const session = runSession(parts);
  let hasBegun = false;
  const work = async () => {
    hasBegun = true;
    const outcome = await runLoop({
      brain,
      session,
      prompt: prompt.trim(),
      port,
      narrator,
      signal,
      approve,
      maxSteps,
      maxSeconds,
      maxStepSeconds,
    });
    const { answer, outputImage, edits, verified, notDone } = outcome;
    const state = await parts.state();
    const shown = outputImage ?? state.record.current;
    const image = shown === null ? null : await state.library.getImage(shown);
    return { answer, image, changed: outputImage !== null, edits, verified, notDone };
  };
  return parts.inTurn(work, signal).catch(async (cause: unknown) => {
    // Once it has begun, the loop tells its end itself.
    if (hasBegun) throw cause;
    const error = toAtelierError(cause);
    await narrator.tellEnd(error, null, noTraces);
    throw error;
  });
}

/** The run's port, told that it waits for its turn. */
async function queue(options: RunOptions & { readonly language: Language }, log: EventLog) {
  const makePort = options.port ?? ((emit) => memoryPort({ emit, answer: options.answer }));
  const port = makePort((event) => log.push(event));
  const narrator = new Narrator(port, options.language);
  await narrator.tell('plan', { status: 'queued' });
  return { port, narrator };
}

function refuse(
  brain: LanguageModelV4 | undefined,
  prompt: string,
  { approve, maxSteps = defaultSteps, maxSeconds = defaultSeconds, maxStepSeconds }: RunOptions,
): AtelierError | undefined {
  if (!brain) return noBrain();
  if (approve !== undefined && approve !== 'edits' && approve !== 'never' && typeof approve !== 'function') {
    return invalid(`approve is ${JSON.stringify(approve)}.`, "Use 'edits', 'never' or a function of the call.");
  }
  if (!Number.isInteger(maxSteps) || maxSteps < 1)
    return invalid(`maxSteps is ${maxSteps}.`, 'It is a whole number from 1.');
  if (!(maxSeconds > 0)) return invalid(`maxSeconds is ${maxSeconds}.`, 'It is a number of seconds above 0.');
  if (maxStepSeconds !== undefined && !(maxStepSeconds > 0))
    return invalid(`maxStepSeconds is ${maxStepSeconds}.`, 'It is a number of seconds above 0.');
  if (prompt.trim() !== '') return undefined;
  return new AtelierError({
    code: 'invalid-input',
    message: 'The request is empty.',
    hint: 'Say what to do: "remove the cup".',
  });
}

const invalid = (message: string, hint: string): AtelierError =>
  new AtelierError({ code: 'invalid-input', message, hint });

const noBrain = (): AtelierError =>
  new AtelierError({
    code: 'brain-failed',
    message: 'This studio has no brain to plan with.',
    hint: 'Give one: atelier({ brain: planner() }) with planner() from @atelier/local, or any AI SDK model.',
  });

/** Edits that a question may name: the latest. */
const mostNamed = 20;

/** The session as the loop sees it. */
const runSession = (parts: RunParts): RunSession => ({
  context: parts.context,
  begin: async (id) => {
    const state = await parts.state();
    const { images, current } = state.record;
    const messages = state.record.messages.map((message) => parts.parseMessage(message));
    const path = state.path();
    const made = path.slice(-mostNamed).flatMap(({ id: edit, tool, input, label }) =>
      isToolName(tool)
        ? [
            {
              id: edit,
              tool,
              // Of the input, what a question tells: a mask or a seed says nothing to a person.
              input: {
                operation: input.operation,
                parameters: input.parameters,
                region: input.region,
                prompt: input.prompt,
              },
              phrase: label,
            },
          ]
        : [],
    );
    return { id, images, current, edits: path.map((edit) => edit.id), made, messages };
  },
  commit: async (start, tell) => {
    const state = await parts.state();
    const { current } = state.record;
    const traces = {
      outputImage: current === start.current ? null : current,
      edits: state.path().filter(({ id }) => !start.edits.includes(id)),
    };
    await state.addMessages(start.id, tell(traces));
    return traces;
  },
});
