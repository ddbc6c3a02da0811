import { suggest } from '../../../suggest.ts';

/** What Atelier itself reads, beside the settings of the models. A test compares it with the sources. */
export const ourVariables = [
  'ATELIER_BRAIN',
  'ATELIER_BRAIN_KEY',
  'ATELIER_BRAIN_MODEL',
  'ATELIER_BRAIN_PICTURES',
  'ATELIER_BRAIN_URL',
  'ATELIER_CACHE',
  'ATELIER_DEBUG',
  'ATELIER_DIR',
  'ATELIER_METRICS_URL',
  'ATELIER_TRITON_TOKEN',
  'ATELIER_TRITON_URL',
] as const;

export interface UnknownVariable {
  readonly name: string;
  /** The one that was probably meant. */
  readonly meant: string | undefined;
}

/** Variables that look like settings and that nobody reads. @param settings those that the models' settings are read from. */
export function unknownVariables(
  env: Readonly<Record<string, string | undefined>>,
  settings: readonly string[],
): UnknownVariable[] {
  const known = new Set([...ourVariables, ...settings]);
  const names = Object.keys(env).filter((name) => name.startsWith('ATELIER_') && env[name]?.trim() && !known.has(name));
  const choices = [...known].map((name) => name.toLowerCase());
  return names.sort().map((name) => ({ name, meant: suggest(name, choices)?.toUpperCase() }));
}
