/** The first characters (UTF-16 units) of a text, and no half of a character at its end. */
export function clipText(text: string, most: number): string {
  const clipped = text.slice(0, most);
  return clipped.length < text.length ? clipped.replace(/[\uD800-\uDBFF]$/, '') : clipped;
}
