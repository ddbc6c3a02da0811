import { createHash } from 'node:crypto';

/** Whose credentials it was made from: `u` a user of an identity provider, `k` a key of an agent API. */
type Kind = 'u' | 'k';

const made = /^[uk]-[0-9a-f]{32}$/i;

/**
 * A safe name for somebody whom others named: never what they call themselves, which may be no safe name, or the name of a key.
 * The parts are kept apart: no two lists have the same name.
 */
export const madeScope = (kind: Kind, ...parts: readonly string[]): string =>
  `${kind}-${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)}`;

/** Whether it looks like one of those, which nobody may be called. */
export const isMadeScope = (name: string): boolean => made.test(name);
