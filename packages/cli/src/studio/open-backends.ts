import type { Backend } from '@atelier/sdk';
import type { TritonBackend } from '@atelier/sdk/triton';
import type { BackendChoice, PictureServer } from '../backends.ts';
import type { CommandContext } from '../commands/command.ts';

export interface BackendsOptions {
  readonly backends: BackendChoice;
  /** What the work is called while it goes on. */
  readonly doing: string;
}

/**
 * Opens the backends, lends them, and frees their threads and connections. Loading them takes time, so it comes after
 * everything that can fail fast. Where a server is in use it is asked first: one that does not answer is an error, and never
 * a reason to work without it.
 */
export async function withBackends<Value>(
  context: CommandContext,
  { backends: { server }, doing }: BackendsOptions,
  work: (backends: readonly Backend[]) => Promise<Value>,
): Promise<Value> {
  if (server) sayWhere(context, server);
  const { local } = await import('@atelier/local');
  // gRPC and all that is loaded only for those who use it.
  const remote = server && (await import('@atelier/sdk/triton')).triton(server.options);
  const opened = [...(remote ? [remote] : []), local()];
  try {
    if (remote) {
      await readModels(remote, context.io.signal);
      context.progress.update(doing);
    }
    return await work(opened);
  } finally {
    await Promise.all(opened.map((backend) => backend.close?.()));
  }
}

/** Also for `--quiet` and `--json`: nobody's pictures leave the machine unsaid. */
function sayWhere({ io, progress, words }: CommandContext, { addresses }: PictureServer): void {
  progress.clear();
  io.stderr.write(`${words.note} ${words.sentTo(addresses)}\n`);
  progress.update(words.readingModels);
}

/** Routing has to know what the server can do, from the first call on. Rejects as `refresh` does. */
async function readModels(backend: TritonBackend, signal: AbortSignal): Promise<void> {
  const stop = () => void backend.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await backend.refresh();
    signal.throwIfAborted();
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
