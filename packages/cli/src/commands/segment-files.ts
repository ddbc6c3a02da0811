import { dirname } from 'node:path';
import type { Image, Mask } from '@atelier/sdk';
import { drawOverlay, type Pixels } from '@atelier/sdk/image';
import { checkOutput, freeName, type OutputFile, writePicture } from '../files/output-file.ts';
import type { Photo } from '../files/photo.ts';
import { UsageError } from '../usage-error.ts';
import type { NamedFiles } from './segment-request.ts';
import { sizeOf } from './size-of.ts';

/** The files a cut-out is written to. */
export interface SegmentFiles {
  readonly output: OutputFile | undefined;
  readonly mask: OutputFile | undefined;
  readonly overlay: OutputFile | undefined;
  /** Where the candidates are shown while a person chooses. */
  temporaryOverlay(): Promise<OutputFile>;
}

/** Checks the named files; without any, the cut-out goes to `NAME-cutout.png`. */
export async function checkSegmentFiles(named: NamedFiles, photo: Photo): Promise<SegmentFiles> {
  const none = Object.values(named).every((path) => path === undefined);
  const check = async (path: string | undefined) => (path === undefined ? undefined : checkOutput(path, photo));
  const output = await check(none ? await freeName(photo.name, 'cutout') : named.output);
  const [mask, overlay] = [await check(named.mask), await check(named.overlay)];
  const paths = [output, mask, overlay].flatMap((file) => file?.path ?? []);
  if (new Set(paths).size < paths.length) throw new UsageError('two outputs name the same file');
  const folder = dirname((output ?? mask ?? overlay)?.shown ?? '.');
  return {
    output,
    mask,
    overlay,
    temporaryOverlay: async () => checkOutput(await freeName(photo.name, 'which', folder), photo),
  };
}

export async function writeSegmentFiles(files: SegmentFiles, image: Image, mask: Mask, label: string): Promise<void> {
  if (files.output) await writePicture(files.output, cutOutPixels(image, mask));
  if (files.mask) await writePicture(files.mask, maskPixels(mask));
  if (files.overlay) {
    await writePicture(files.overlay, { ...sizeOf(image), data: await drawOverlay(image, [{ mask, label }]) });
  }
}

/** The thing on nothing. What is not part of it is wiped, not only hidden: transparent pixels still carry their colour. */
function cutOutPixels({ width, height, data }: Pixels, mask: Mask): Pixels {
  const cut = new Uint8Array(data.length);
  for (let pixel = 0; pixel < mask.data.length; pixel++) {
    if (mask.data[pixel] !== 0) cut.set(data.subarray(pixel * 4, pixel * 4 + 4), pixel * 4);
  }
  return { width, height, data: cut };
}

function maskPixels({ width, height, data }: Mask): Pixels {
  const white = new Uint8Array(width * height * 4);
  for (let pixel = 0; pixel < data.length; pixel++)
    white.fill(data[pixel] === 0 ? 0 : 255, pixel * 4, pixel * 4 + 3).fill(255, pixel * 4 + 3, pixel * 4 + 4);
  return { width, height, data: white };
}
