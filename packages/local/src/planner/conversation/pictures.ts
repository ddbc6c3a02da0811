import type { Exchange } from './turn.ts';

/** Tools that answer a changed copy of the picture they were given, or an earlier state of it. */
const changers = new Set(['remove_object', 'inpaint_image', 'adjust_image', 'undo_edit']);

/** The picture a tool call was about, where it says so. */
export const pictureBefore = ({ input }: Exchange): string | undefined => pictureIn(input);

/** The picture a tool call leads to: what it changed, made or opened, else the one it looked at. */
export function pictureAfter(exchange: Exchange): string | undefined {
  const { tool, outcome } = exchange;
  const leads = changers.has(tool) || tool === 'load_image' || tool === 'generate_image';
  return (leads && outcome.ok ? pictureIn(outcome.output) : undefined) ?? pictureBefore(exchange);
}

const pictureIn = ({ image }: Readonly<Record<string, unknown>>): string | undefined =>
  typeof image === 'string' ? image : undefined;

/** Which pictures of a conversation are states of the same photograph: those that edits lead to from one another. */
export class Photographs {
  readonly #first = new Map<string, string>();

  /** The id of the first picture that was seen of the same photograph; of one that is new, its own. */
  of(picture: string): string {
    return this.#first.get(picture) ?? picture;
  }

  /** Takes in a call that led from one picture to another. */
  note({ tool, outcome }: Exchange, from: string | undefined, to: string | undefined): void {
    if (from === undefined || to === undefined || to === from || !outcome.ok || this.#first.has(to)) return;
    // An undo says not of which picture. What it leads back to is known already, but for edits that were made again.
    const { replayed } = outcome.output;
    const isState = tool === 'undo_edit' ? Array.isArray(replayed) && replayed.length > 0 : changers.has(tool);
    if (isState) this.#first.set(to, this.of(from));
  }
}
