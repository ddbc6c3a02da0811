import { availableParallelism } from 'node:os';
import type { PictureFormat } from '../../files/picture-format.ts';
import type { Arguments } from '../../options.ts';
import { printable } from '../../terminal/printable.ts';
import { UsageError } from '../../usage-error.ts';
import { readCount } from '../../values.ts';

export interface BatchRequest {
  readonly recipe: string;
  /** Files and folders, as they were written. */
  readonly photos: readonly string[];
  readonly folder: string;
  /** Behind each name, with a dash; empty for none. */
  readonly suffix: string;
  readonly format: PictureFormat;
  /** Photos at a time. */
  readonly jobs: number;
  /** Does everything anew. */
  readonly again: boolean;
}

const formats: Readonly<Record<string, PictureFormat>> = { png: 'png', webp: 'webp', jpg: 'jpeg', jpeg: 'jpeg' };

/** Throws `UsageError`. */
export function readBatchRequest(args: Arguments): BatchRequest {
  const [recipe, ...photos] = args.positionals;
  const folder = args.get('output');
  const example = 'atelier batch RECIPE PHOTOS... -o FOLDER';
  if (recipe === undefined) throw new UsageError('no recipe was given', example);
  if (photos.length === 0) throw new UsageError('no photos were given', example);
  if (folder === undefined) throw new UsageError('no folder was given', `add -o FOLDER: ${example}`);
  const suffix = args.get('suffix') ?? '';
  if (!/^[\p{L}\p{N}._ -]{0,50}$/u.test(suffix)) {
    throw new UsageError(`--suffix cannot be "${printable(suffix)}"`, 'use letters and digits: --suffix blue');
  }
  const jobs = args.get('jobs');
  return {
    recipe,
    photos,
    folder,
    suffix: suffix.replace(/^-/, ''),
    format: readFormat(args.get('format') ?? 'png'),
    jobs: jobs === undefined ? usualJobs() : readCount(jobs, '--jobs', 16),
    again: args.has('again'),
  };
}

function readFormat(written: string): PictureFormat {
  const name = written.toLowerCase().replace(/^\./, '');
  if (Object.hasOwn(formats, name)) return formats[name];
  throw new UsageError(`--format must be png, webp or jpg, not "${printable(written)}"`);
}

/** While one photo is worked on, another can be read or written. */
const usualJobs = (): number => (availableParallelism() > 1 ? 2 : 1);
