import { InvalidInputError } from './errors.ts';
import type { LoadOptions } from './transport.ts';

/** The override files of a load, by path. Throws `invalid-input` for files that come without their model's config. */
export function loadFiles(model: string, { config, files = {} }: LoadOptions): [path: string, bytes: Uint8Array][] {
  const entries = Object.entries(files);
  if (entries.length === 0 || config !== undefined) return entries;
  throw new InvalidInputError({
    model,
    message: 'Files of a model are given without its config.',
    hint: 'The server takes override files only together with `config`.',
  });
}
