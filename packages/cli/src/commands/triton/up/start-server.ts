import { join } from 'node:path';
import type { LaunchedTriton } from '@atelier/sdk/triton/launch';
import { SetupError } from '../../../setup-error.ts';
import type { CommandContext } from '../../command.ts';
import type { AdminKey } from './admin-key.ts';
import type { UpChoice } from './up-options.ts';
import type { UpWords } from './words.ts';

interface StartOptions {
  readonly context: CommandContext;
  readonly words: UpWords;
  readonly choice: UpChoice;
  readonly admin: AdminKey;
  readonly python: string;
  readonly packageFolder: string;
  /** See `modelsEnvironment`. */
  readonly env: Readonly<Record<string, string>>;
}

const serverArguments = [
  // Models are loaded one by one after the start, so that one that fails is named and the others serve.
  '--model-control-mode=explicit',
  // sd3 takes two of three shares of the accelerator: one is always left for the quick models.
  '--rate-limit=execution_count',
  '--rate-limit-resource=accelerator:3',
  // The configurations are complete; without this each model's Python would be started twice.
  '--disable-auto-complete-config',
  // Importing torch takes long on a busy machine.
  '--backend-config=python,stub-timeout-seconds=120',
];

/** Starts the server with the model repository and no model loaded. Throws `server-failed` with its last lines. */
export async function startServer(options: StartOptions): Promise<LaunchedTriton> {
  const { context, words, choice, admin, python, packageFolder, env } = options;
  const { io, progress } = context;
  const began = performance.now();
  progress.update(words.starting);
  // Loaded here: it takes time, and most commands need no server.
  const { launchTriton } = await import('@atelier/sdk/triton/launch');
  try {
    const server = await launchTriton({
      python,
      repository: join(packageFolder, 'models'),
      httpPort: choice.ports.http,
      grpcPort: choice.ports.grpc,
      metricsPort: choice.ports.metrics,
      host: choice.host,
      args: [...serverArguments, ...admin.args],
      env,
      signal: io.signal,
    });
    progress.done(words.started, performance.now() - began);
    return server;
  } catch (cause) {
    io.signal.throwIfAborted();
    const [, ...lines] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    throw serverFailed(words.serverFailed, lines.join('\n'), words, cause);
  }
}

const shownLines = 15;

/** @param log what the server wrote. */
export function serverFailed(message: string, log: string, words: UpWords, cause?: unknown): SetupError {
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  return new SetupError({
    code: 'server-failed',
    message,
    hint: words.serverFailedHint,
    lines: lines.slice(-shownLines),
    cause,
  });
}
