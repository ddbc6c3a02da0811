/**
 * JSON that `jsonb` takes. NUL and halves of surrogate pairs, which Postgres refuses in text, become U+FFFD: a brain that was cut
 * off in the middle of an emoji must not make its job or its session unsavable.
 */
export const storableJson = (value: unknown): string =>
  // JSON.stringify escapes exactly these; the look-behind leaves an escaped backslash followed by "u0000" alone.
  JSON.stringify(value).replace(/(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g, '$1\uFFFD');

/** The same for a text by itself. */
export const storableText = (text: string): string => String(JSON.parse(storableJson(text)));
