import { createHash, timingSafeEqual } from 'node:crypto';
import { safeNamePattern } from '@atelier/sdk/tools';
import { accessDenied, invalidInput, isBearer } from './access-errors.ts';
import type { AccessKey } from './auth-options.ts';
import type { Caller } from './caller.ts';
import { isMadeScope } from './scope-name.ts';
import type { Rights } from './scopes.ts';

const shortest = 16;
const both: Rights = { look: true, edit: true };
const howToWrite =
  'Write name=secret,name=secret; name:look=secret may look and not edit. A secret: openssl rand -hex 32';

/**
 * Keys as `ATELIER_MCP_KEYS` has them: `lee=SECRET,ann:look=SECRET`. Throws `invalid-input`, never with a secret in it.
 * @example parseKeys('lee=0123456789abcdef,guest:look=fedcba9876543210')
 */
export const parseKeys = (text: string): AccessKey[] =>
  text
    .split(/[,\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry, index) => {
      const at = entry.indexOf('=');
      // A secret may end in equals signs; a name has none.
      const [name = '', right, ...more] = entry.slice(0, Math.max(at, 0)).split(':');
      const isRight = right === undefined || right === 'look' || right === 'edit';
      if (at < 1 || !isRight || more.length > 0)
        throw invalidInput(`The key number ${index + 1} of the list cannot be read.`, howToWrite);
      return { name, secret: entry.slice(at + 1), may: right === 'look' ? { look: true, edit: false } : both };
    });

export type KeyCheck = (secret: string) => Caller | undefined;

/** Throws `invalid-input` for keys that cannot be used. What it returns takes the same time whether or not a key fits. */
export function keyCheck(keys: readonly AccessKey[]): KeyCheck {
  checkKeys(keys);
  const known = keys.map(({ name, secret, may = both }) => ({
    hash: hashOf(secret),
    caller: { principal: { scope: name, may } } satisfies Caller,
  }));
  return (secret) => {
    const hash = hashOf(secret);
    let caller: Caller | undefined;
    for (const key of known) if (timingSafeEqual(key.hash, hash)) caller = key.caller;
    return caller;
  };
}

/** Hashes have one length, so that comparing them tells nothing about that of the secret. */
const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

function checkKeys(keys: readonly AccessKey[]): void {
  const spellings = new Map<string, string>();
  const owners = new Map<string, string>();
  for (const { name, secret } of keys) {
    if (!safeNamePattern.test(name) || isMadeScope(name))
      throw invalidInput(`"${name.slice(0, 40)}" cannot be the name of a key.`, howToWrite);
    if (secret.length < shortest || !isBearer(secret))
      throw invalidInput(
        `The secret of the key "${name}" cannot be used.`,
        `It needs ${shortest} characters or more of A-Z a-z 0-9 - . _ ~ + /, as openssl rand -hex 32 makes them.`,
      );
    const spelling = spellings.get(name.toLowerCase()) ?? name;
    const owner = owners.get(secret) ?? name;
    if (spelling !== name || owner !== name)
      throw invalidInput(
        `The keys "${spelling === name ? owner : spelling}" and "${name}" cannot be told apart.`,
        spelling === name
          ? 'Give each name a secret of its own.'
          : 'Some file systems ignore case: choose another name.',
      );
    spellings.set(name.toLowerCase(), name);
    owners.set(secret, name);
  }
}

export const wrongKey = () =>
  accessDenied('The key is not valid.', 'Send "Authorization: Bearer KEY" with a key of this server.');
