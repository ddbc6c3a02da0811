import type { EditNode, Image, RunResult, Session } from '@atelier/sdk';
import { type OutputFile, writePicture } from '../files/output-file.ts';
import type { EditOutput } from '../json-output.ts';
import type { CommandContext } from './command.ts';

type Written = Omit<EditOutput, 'brain' | 'backends' | 'durationMs'>;

/** Writes the picture of a run that made one, and says what was done in the form `--json` prints. */
export async function writeEdit(
  { io, progress, words }: CommandContext,
  { answer, image, changed, edits, verified }: RunResult,
  session: Session,
  output: OutputFile,
): Promise<Written> {
  const describe = (lossy: boolean) => Promise.all(edits.map((edit) => describeEdit(edit, session, lossy)));
  const common = { command: 'edit', status: 'success', answer, verified } as const;
  // An edit that came out equal to the picture before it is still a result: whoever named a file expects it.
  if (image === null || !(changed || edits.length > 0)) {
    return {
      ...common,
      output: null,
      output_image_url: null,
      image: image && sizeOf(image),
      edits: await describe(false),
    };
  }
  io.signal.throwIfAborted();
  const { lossy, flattened } = await writePicture(output, image);
  if (flattened) progress.note(words.flattened);
  return {
    ...common,
    output: output.path,
    output_image_url: output.url,
    image: sizeOf(image),
    edits: await describe(lossy),
  };
}

/** What JSON says about a picture. */
export const sizeOf = ({ id, width, height }: Image) => ({ id, width, height });

async function describeEdit(
  { id, tool, label, receipt, verified, input }: EditNode,
  session: Session,
  lossy: boolean,
): Promise<EditOutput['edits'][number]> {
  const rle = async (mask: string) => {
    const { size, counts } = (await session.loadMask(mask)).toRle();
    return { size: [...size] as [number, number], counts };
  };
  return {
    id,
    tool,
    ...(label === undefined ? {} : { label }),
    ...(receipt.operation === undefined ? {} : { operation: receipt.operation.name }),
    receipt: { ...receipt, encoding: lossy ? 'lossy' : receipt.encoding },
    verified,
    mask: await rle(receipt.mask),
    ...(typeof input.mask === 'string' ? { selected: await rle(input.mask) } : {}),
  };
}
