import { AtelierError } from '@atelier/sdk/errors';

const reasons = {
  folder: 'it is a folder',
  'not-regular': 'it is no regular file',
  photo: 'it is the photo itself, which is never overwritten',
  transparency: 'the request makes parts of the picture transparent, and JPEG has no transparency',
  'too-large': 'a file of this format cannot hold so many pixels in one direction',
  'no-folder': 'the folder to write in does not exist',
  'closed-folder': 'no file can be made in that folder',
  'not-recipe': 'it is there already, and is no recipe',
} as const;

/** Why an output cannot be written: a known problem, or `system` with the words of the system. */
export type OutputProblem = keyof typeof reasons | 'system';

/** An `output-not-writable` error; `details` say the `path` as it was written, and the `problem`. */
export const notWritable = (
  path: string,
  problem: keyof typeof reasons | { readonly system: string; readonly cause: unknown },
  hint: string,
): AtelierError => {
  const known = typeof problem === 'string';
  return new AtelierError({
    code: 'output-not-writable',
    message: `${path} cannot be written: ${known ? reasons[problem] : problem.system}.`,
    hint,
    details: { path, problem: (known ? problem : 'system') satisfies OutputProblem },
    ...(known ? {} : { cause: problem.cause }),
  });
};
