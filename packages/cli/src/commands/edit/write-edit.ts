import type { EditNode, RunResult, Session } from '@atelier/sdk';
import { Mask } from '@atelier/sdk/image';
import { type OutputFile, writePicture } from '../../files/output-file.ts';
import type { EditOutput } from '../../json-output.ts';
import type { CommandContext } from '../command.ts';
import { sizeOf } from '../size-of.ts';
import { refuseCleared } from './transparency.ts';

type Written = Omit<EditOutput, 'session' | 'recipe' | 'brain' | 'backends' | 'durationMs'>;

/** Where the picture goes, and whether the person named that file: whoever did expects it, even equal to the photo. */
interface WantedFile {
  readonly file: OutputFile;
  readonly named: boolean;
}

/** Writes the picture of a run that made one, and says what was done in the form `--json` prints. */
export async function writeEdit(
  { io }: CommandContext,
  { answer, image, changed, edits, verified, notDone }: RunResult,
  session: Session,
  { file, named }: WantedFile,
): Promise<Written> {
  const describe = (lossy: boolean) => Promise.all(edits.map((edit) => describeEdit(edit, session, lossy)));
  const common = {
    command: 'edit',
    status: 'success',
    answer,
    verified,
    notDone: notDone.map(({ id, tool, target, message }) => ({
      id,
      tool,
      ...(target === undefined ? {} : { target }),
      message,
    })),
  } as const;
  if (image === null || !(changed || (named && edits.length > 0))) {
    return {
      ...common,
      output: null,
      output_image_url: null,
      image: image && sizeOf(image),
      flattened: false,
      edits: await describe(false),
    };
  }
  refuseCleared(file, image, edits);
  io.signal.throwIfAborted();
  const { lossy, flattened } = await writePicture(file, image);
  return {
    ...common,
    output: file.path,
    output_image_url: file.url,
    image: sizeOf(image),
    flattened,
    edits: await describe(lossy),
  };
}

async function describeEdit(
  { id, tool, label, receipt, verified, input }: EditNode,
  session: Session,
  lossy: boolean,
): Promise<EditOutput['edits'][number]> {
  const mask = await session.loadMask(receipt.mask);
  const selected = await selectedMask(input, mask, session);
  return {
    id,
    tool,
    label: label ?? null,
    operation: receipt.operation?.name ?? null,
    receipt: { ...receipt, encoding: lossy ? 'lossy' : receipt.encoding },
    verified,
    mask: toJson(mask),
    selected: selected ? toJson(selected) : null,
  };
}

/** What was to be changed, before it was grown and feathered; undefined where the edit found it by itself and did not keep it. */
async function selectedMask(
  { region, mask }: EditNode['input'],
  edited: Mask,
  session: Session,
): Promise<Mask | undefined> {
  if (region === 'everything') return Mask.fromBox(edited, { x: 0, y: 0, width: edited.width, height: edited.height });
  if (typeof mask !== 'string') return undefined;
  const thing = await session.loadMask(mask);
  return region === 'background' ? thing.invert() : thing;
}

function toJson(mask: Mask): EditOutput['edits'][number]['mask'] {
  const { size, counts } = mask.toRle();
  return { size: [size[0], size[1]], counts };
}
