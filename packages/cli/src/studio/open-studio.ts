import type { Studio } from '@atelier/sdk';
import type { TritonBackend } from '@atelier/sdk/triton';
import type { BackendChoice, PictureServer } from '../backends.ts';
import type { BrainName } from '../brain.ts';
import type { CommandContext } from '../commands/command.ts';

export interface StudioOptions {
  readonly backends: BackendChoice;
  /** Who plans; left out where nobody has to. */
  readonly brain?: BrainName;
  /** What the work is called while it goes on. */
  readonly doing: string;
  /** Folders whose pictures a request may open. */
  readonly roots?: readonly string[] | undefined;
}

/**
 * Opens a studio, lends it, and frees its threads and connections. Loading it takes time, so it comes after everything that
 * can fail fast. Where a server is in use it is asked first: one that does not answer is an error, and never a reason to work
 * without it.
 */
export async function withStudio<Value>(
  context: CommandContext,
  { backends: { names, server }, brain, doing, roots }: StudioOptions,
  work: (studio: Studio) => Promise<Value>,
): Promise<Value> {
  const { progress, words, json } = context;
  progress.update(doing);
  if (!json) progress.note(words.inUse(names, brain));
  if (server) sayWhere(context, server);
  const [{ atelier }, { local, planner }] = await Promise.all([import('@atelier/sdk'), import('@atelier/local')]);
  // gRPC and all that is loaded only for those who use it.
  const remote = server && (await import('@atelier/sdk/triton')).triton(server.options);
  const studio = atelier({ backends: [...(remote ? [remote] : []), local()], brain: planner(), roots });
  try {
    if (remote) {
      await readModels(remote, context.io.signal);
      progress.update(doing);
    }
    return await work(studio);
  } finally {
    await studio.close();
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
