/** Characters that end a line, cannot be seen, or turn the writing direction around. */
const hidden = /[\p{C}\p{Zl}\p{Zp}]/gu;

/**
 * A name as the key of a property: quoted where it is no identifier of ASCII characters. Which others may stand in one
 * differs between versions of Unicode, and so between compilers.
 */
export const propertyName = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : stringLiteral(name));

/** Text as a literal of TypeScript, in the quotes that need fewer escapes. */
export function stringLiteral(text: string): string {
  const quote = text.split("'").length > text.split('"').length ? '"' : "'";
  const body = text
    .replace(/\\/g, '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replace(hidden, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
  return `${quote}${body}${quote}`;
}

/** Text for a comment of one line. */
export const commentText = (text: string): string => text.replace(hidden, ' ').replaceAll('*/', '* /');
