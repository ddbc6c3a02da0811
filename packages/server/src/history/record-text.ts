import type { SessionRecord } from '@atelier/sdk';

/**
 * The record as JSON that `jsonb` takes. NUL and halves of surrogate pairs, which Postgres refuses in text, become U+FFFD:
 * a message with such a character must not make its whole session unsavable.
 */
export function recordText(record: SessionRecord): string {
  // JSON.stringify escapes exactly these; the look-behind leaves an escaped backslash followed by "u0000" alone.
  return JSON.stringify(record).replace(/(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g, '$1\uFFFD');
}

/** Every picture and mask that JSON names, in order, each once. */
export const assetIdsIn = (json: string): string[] => [...new Set(json.match(/(?:img|mask)_[0-9a-f]{32}/g))].sort();
