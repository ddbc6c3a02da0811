import type { Environment } from './given.ts';
import { allOptions } from './options.ts';
import { suggest } from './suggest.ts';

/** Every variable that is read here. */
export const knownVariables: readonly string[] = allOptions.flatMap(({ variable }) => variable ?? []);

/** Variables that look like settings of this server and that nobody reads, with the one that was probably meant. */
export function unknownVariables(env: Environment): { readonly name: string; readonly meant: string | undefined }[] {
  const known = knownVariables.filter((name) => name.startsWith('ATELIER_'));
  const unknown = Object.keys(env).filter((name) => name.startsWith('ATELIER_MCP_') && !known.includes(name));
  return unknown.sort().map((name) => ({ name, meant: suggest(name, known) }));
}
