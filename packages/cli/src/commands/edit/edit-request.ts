import { statSync } from 'node:fs';
import type { ProtectInput } from '@atelier/sdk';
import { formatOf, isPictureName } from '../../files/picture-format.ts';
import type { Arguments } from '../../options.ts';
import { readProtect } from '../../protect-option.ts';
import { checkSessionName } from '../../studio/session-folder.ts';
import { printable } from '../../terminal/printable.ts';
import { UsageError } from '../../usage-error.ts';
import { readApproval, readChoice, readCount, readSeconds } from '../../values.ts';

export interface EditRequest {
  /** The photo; undefined where a session goes on with its own picture. */
  readonly path: string | undefined;
  readonly request: string;
  readonly output: string | undefined;
  readonly overlay: string | undefined;
  readonly recipe: string | undefined;
  readonly session: string | undefined;
  readonly protect: readonly ProtectInput[] | undefined;
  readonly approve: 'edits' | 'never' | undefined;
  readonly maxSteps: number | undefined;
  readonly maxSeconds: number | undefined;
  readonly choices: readonly number[];
  readonly roots: readonly string[];
}

/** Reads and checks what can be checked without the photo. Throws `UsageError`, `output-not-writable` for a folder. */
export function readEditRequest(args: Arguments): EditRequest {
  const session = args.get('session');
  if (session !== undefined) checkSessionName(session);
  const { path, request } =
    session === undefined ? photoFirst(args.positionals) : photoMaybe(args.positionals, session);
  const [output, overlay] = [args.get('output'), args.get('overlay')];
  if (output !== undefined) formatOf(output);
  if (overlay !== undefined) formatOf(overlay);
  const [approve, maxSteps, maxSeconds] = [args.get('approve'), args.get('max-steps'), args.get('max-seconds')];
  return {
    path,
    request,
    output,
    overlay,
    recipe: args.get('recipe'),
    session,
    protect: readProtect(args.all('protect')),
    approve: approve === undefined ? undefined : readApproval(approve),
    maxSteps: maxSteps === undefined ? undefined : readCount(maxSteps, '--max-steps', 1000),
    maxSeconds: maxSeconds === undefined ? undefined : readSeconds(maxSeconds, '--max-seconds'),
    choices: args.all('choice').map(readChoice),
    roots: args.all('root'),
  };
}

type Named = Pick<EditRequest, 'path' | 'request'>;

function photoFirst([path, ...words]: readonly string[]): Named {
  if (path === undefined) throw new UsageError('no photo was given', 'atelier edit PHOTO "REQUEST"');
  const request = words.join(' ').trim();
  if (request !== '') return { path, request };
  if (!looksLikePhoto(path) && path.trim() !== '') {
    throw new UsageError(
      'no photo was given',
      `atelier edit PHOTO "${printable(path)}"; with --session NAME a session goes on without one`,
    );
  }
  throw new UsageError('no request was given', `say what to do: atelier edit ${printable(path)} "remove the cup"`);
}

/** In a session the photo may be left out: then every word belongs to the request. */
function photoMaybe(positionals: readonly string[], session: string): Named {
  const [first, ...words] = positionals;
  const hasPhoto = first !== undefined && looksLikePhoto(first);
  const request = (hasPhoto ? words : positionals).join(' ').trim();
  if (request !== '') return { path: hasPhoto ? first : undefined, request };
  throw new UsageError('no request was given', `say what to do: atelier edit "undo that" --session ${session}`);
}

/** A file that is there, or what is written like a picture's name or address. */
function looksLikePhoto(written: string): boolean {
  if (isPictureName(written) || /^(data|file|https?):/i.test(written)) return true;
  return !/\s/.test(written) && (statSync(written, { throwIfNoEntry: false })?.isFile() ?? false);
}
