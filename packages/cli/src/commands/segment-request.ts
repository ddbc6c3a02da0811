import type { TargetInput } from '@atelier/sdk';
import { formatOf } from '../files/picture-format.ts';
import type { Arguments } from '../options.ts';
import { UsageError } from '../usage-error.ts';
import { readBox, readChoice, readPoint } from '../values.ts';

export type SegmentTarget = Pick<TargetInput, 'phrase' | 'box' | 'points'>;

/** Files as they were named on the command line. */
export interface NamedFiles {
  readonly output: string | undefined;
  readonly mask: string | undefined;
  readonly overlay: string | undefined;
}

export interface SegmentRequest {
  readonly path: string;
  readonly target: SegmentTarget;
  /** What the overlay calls the thing. */
  readonly label: string;
  readonly files: NamedFiles;
  readonly choices: readonly number[];
}

/** Reads and checks what can be checked without the photo. Throws `UsageError`. */
export function readSegmentRequest(args: Arguments): SegmentRequest {
  const [path, ...words] = args.positionals;
  if (path === undefined) throw new UsageError('no photo was given', 'atelier segment PHOTO "PHRASE"');
  const files = { output: args.get('output'), mask: args.get('mask'), overlay: args.get('overlay') };
  if (files.output !== undefined) formatOf(files.output, ['png', 'webp']);
  if (files.mask !== undefined) formatOf(files.mask, ['png', 'webp']);
  if (files.overlay !== undefined) formatOf(files.overlay);
  const phrase = words.join(' ').trim();
  const choices = args.all('choice').map(readChoice);
  return { path, target: readTarget(args, phrase), label: phrase, files, choices };
}

function readTarget(args: Arguments, phrase: string): SegmentTarget {
  const box = args.get('box');
  const points = [
    ...args.all('point').map((point) => ({ ...readPoint(point, '--point'), positive: true })),
    ...args.all('not-point').map((point) => ({ ...readPoint(point, '--not-point'), positive: false })),
  ];
  const shown = box !== undefined || points.length > 0;
  if (phrase !== '' && shown) {
    throw new UsageError('a phrase and a box or points were given', 'name the thing or show where it is, not both');
  }
  if (phrase !== '') return { phrase };
  if (!shown) throw new UsageError('nothing to cut out was named', 'give a phrase ("the cup"), --box or --point');
  if (args.has('choice'))
    throw new UsageError('--choice goes with a phrase', 'a box or points leave nothing to choose');
  if (box === undefined && !points.some(({ positive }) => positive)) {
    throw new UsageError('--not-point alone says only what is not meant', 'add --point or --box');
  }
  return { ...(box === undefined ? {} : { box: readBox(box) }), ...(points.length > 0 ? { points } : {}) };
}
