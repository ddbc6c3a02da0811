import { AtelierError } from '../errors/atelier-error.ts';

/** What names of scopes, sessions and ids are made of. */
export const safeNamePattern: RegExp = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$/;

/** Scopes and ids become folder and file names: letters, digits, dot, dash and underscore, not starting with a dot. */
export function safeName(kind: string, name: string): string {
  if (safeNamePattern.test(name)) return name;
  throw new AtelierError({
    code: 'invalid-input',
    message: `"${name.slice(0, 40)}" cannot be a ${kind}.`,
    hint: 'Use 1 to 128 letters, digits, dots, dashes and underscores, not starting with a dot.',
  });
}
