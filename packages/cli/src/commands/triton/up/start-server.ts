import { join } from 'node:path';
import type { LaunchedTriton } from '@atelier/sdk/triton/launch';
import { SetupError } from '../../../setup-error.ts';
import type { CommandContext } from '../../command.ts';
import { serverArguments } from '../environment/models-package.ts';
import type { AdminKey } from './admin-key.ts';
import { checkPorts, portUnavailable } from './check-ports.ts';
import { takenPort, tellingLines } from './taken-port.ts';
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

/** Starts the server with the model repository and no model loaded. Throws `port-unavailable`, or `server-failed` with its last lines. */
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
      args: [...serverArguments(packageFolder), ...admin.args],
      env,
      signal: io.signal,
    });
    progress.done(words.started, performance.now() - began);
    return server;
  } catch (cause) {
    io.signal.throwIfAborted();
    const [, ...lines] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    const log = lines.join('\n');
    // It tells the first that it tried; who has that one has most often all, which are moved with that of HTTP.
    if (takenPort(log) !== undefined) await checkPorts(choice.ports, choice.host, words);
    throw serverEnded(words.serverFailed, log, { choice, words, cause });
  }
}

const shownLines = 15;

interface Ended {
  readonly choice: UpChoice;
  readonly words: UpWords;
  readonly cause?: unknown;
}

/** `port-unavailable` where it says that a port is taken, else `server-failed` with its last lines. @param log what it wrote. */
export function serverEnded(message: string, log: string, { choice, words, cause }: Ended): SetupError {
  // Free when it was looked at, and somebody else's since.
  const port = takenPort(log);
  const [name] = Object.entries(choice.ports).find(([, wanted]) => wanted === port) ?? [];
  if (port !== undefined && name !== undefined) {
    return portUnavailable({ message: words.portTaken(port), name, port, host: choice.host, words, cause });
  }
  const lines = tellingLines(log).slice(-shownLines);
  return new SetupError({ code: 'server-failed', message, hint: words.serverFailedHint, lines, cause });
}
