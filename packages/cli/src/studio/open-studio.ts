import type { AssetStore, Backend, HistoryStore, Studio } from '@atelier/sdk';
import type { BackendChoice } from '../backends.ts';
import type { BrainChoice } from '../brain.ts';
import type { CommandContext } from '../commands/command.ts';
import { withBackends } from './open-backends.ts';

export interface StudioOptions {
  readonly backends: BackendChoice;
  /** Who plans; left out where nobody has to. */
  readonly brain?: BrainChoice;
  /** What the work is called while it goes on. */
  readonly doing: string;
  /** Folders whose pictures a request may open. */
  readonly roots?: readonly string[] | undefined;
  /** Where pictures and sessions are kept. Default: in memory. */
  readonly stores?: { readonly assets: AssetStore; readonly history: HistoryStore } | undefined;
}

/** Opens a studio, lends it, and frees its threads and connections. Pictures are sent nowhere unsaid. */
export async function withStudio<Value>(
  context: CommandContext,
  { backends, brain, doing, roots, stores }: StudioOptions,
  work: (studio: Studio) => Promise<Value>,
): Promise<Value> {
  const { progress, words, json } = context;
  progress.update(doing);
  if (!json) progress.note(words.inUse(backends.names, brain?.name));
  if (brain) sayBrain(context, brain);
  return withBackends(context, { backends, doing }, async (opened: readonly Backend[]) => {
    const { atelier } = await import('@atelier/sdk');
    return work(atelier({ backends: opened, brain: await brain?.open(), roots, ...stores }));
  });
}

/** Also for `--quiet` and `--json`: nobody's words and pictures leave the machine unsaid. */
function sayBrain({ io, progress, words }: CommandContext, { name, sentTo }: BrainChoice): void {
  if (sentTo === undefined) return;
  progress.clear();
  io.stderr.write(`${words.note} ${words.brainSees(name, sentTo)}\n`);
}
