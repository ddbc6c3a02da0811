import { resolve } from 'node:path';
import type { StoreChoice } from './database-choice.ts';
import { shellWord } from './shell-word.ts';

/**
 * What makes a key for a server on this store, pasted into any terminal: the folder is absolute, and the password of a URL is left
 * to whoever pastes it.
 */
export function createKeyLine({ folder, databaseUrl }: StoreChoice): string {
  const store = databaseUrl === undefined ? ['--data', resolve(folder)] : ['--database', withoutPassword(databaseUrl)];
  return ['atelier keys create --tenant NAME', ...store.map(shellWord)].join(' ');
}

const placeholder = 'PASSWORD';

function withoutPassword(text: string): string {
  const url = new URL(text);
  if (url.password !== '') url.password = placeholder;
  if (url.searchParams.has('password')) url.searchParams.set('password', placeholder);
  return url.href;
}
