import { displayWidth } from './width.ts';

/** The text in lines of at most `width` columns, broken between words; a word that is longer has a line of its own. */
export const wrap = (text: string, width: number): string[] => pack(text.split(' '), ' ', width);

/** The items joined by `separator`, in lines of at most `width` columns; an item is never broken. */
export function pack(items: readonly string[], separator: string, width: number): string[] {
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    const longer = last === undefined ? item : last + separator + item;
    if (last !== undefined && displayWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(item);
  }
  return lines;
}
