import { formatOf } from '../files/picture-format.ts';
import type { Arguments } from '../options.ts';
import { UsageError } from '../usage-error.ts';
import { readChoice } from '../values.ts';

export interface EditRequest {
  readonly path: string;
  readonly request: string;
  readonly output: string | undefined;
  readonly overlay: string | undefined;
  readonly choices: readonly number[];
  readonly roots: readonly string[];
}

/** Reads and checks what can be checked without the photo. Throws `UsageError`, `output-not-writable` for a folder. */
export function readEditRequest(args: Arguments): EditRequest {
  const [path, ...words] = args.positionals;
  const request = words.join(' ').trim();
  if (path === undefined) throw new UsageError('no photo was given', 'atelier edit PHOTO "REQUEST"');
  if (request === '')
    throw new UsageError('no request was given', `say what to do: atelier edit ${path} "remove the cup"`);
  const [output, overlay] = [args.get('output'), args.get('overlay')];
  if (output !== undefined) formatOf(output);
  if (overlay !== undefined) formatOf(overlay);
  return { path, request, output, overlay, choices: args.all('choice').map(readChoice), roots: args.all('root') };
}
