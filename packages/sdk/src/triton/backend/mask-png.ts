import { unlessAborted } from '../../image/abort.ts';
import type { Size } from '../../image/geometry.ts';
import { loadSharp } from '../../image/load-sharp.ts';
import { Mask } from '../../image/mask.ts';
import { byteTable, translateBytes } from '../../image/translate.ts';
import type { OutputReader } from './outputs.ts';

const oneFromMiddle = byteTable((value) => (value >= 128 ? 1 : 0));
const fullWhereSet = byteTable((bit) => (bit ? 255 : 0));

/** The only mask of MASKS, which must have the picture's size. Throws `ResponseInvalidError` for what is no such PNG. */
export async function decodeMaskPng(reader: OutputReader, size: Size, signal: AbortSignal | undefined): Promise<Mask> {
  const masks = reader.elements('MASKS', 'BYTES');
  if (masks.length !== 1) throw reader.refuse(`${masks.length} MASKS for one prompt`);
  const { width, height } = size;
  const pixels = await unlessAborted(decodeGrey(reader, masks[0], size), signal);
  return new Mask(width, height, await translateBytes(pixels, oneFromMiddle, signal));
}

async function decodeGrey(reader: OutputReader, png: Uint8Array, { width, height }: Size): Promise<Uint8Array> {
  const sharp = await loadSharp();
  const header = await sharp(png, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw reader.refuse('a mask that is no picture', cause);
    });
  if (header.format !== 'png') throw reader.refuse(`a mask as ${header.format} instead of PNG`);
  if (header.width !== width || header.height !== height) {
    throw reader.refuse(`a mask of ${header.width} x ${header.height} for a picture of ${width} x ${height}`);
  }
  const picture = sharp(png, { limitInputPixels: width * height, failOn: 'warning' }).toColourspace('b-w');
  const { data, info } = await picture
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw reader.refuse('a mask whose PNG is damaged', cause);
    });
  if (info.channels !== 1) throw reader.refuse(`a mask with ${info.channels} channels`);
  return new Uint8Array(data.buffer, data.byteOffset, data.length);
}

/** A mask as the sd3 contract has it: one channel, white where it is set. */
export async function encodeMaskPng(mask: Mask, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const { width, height } = mask;
  const data = await translateBytes(mask.data, fullWhereSet, signal);
  const sharp = await loadSharp();
  const picture = sharp(data, { raw: { width, height, channels: 1 }, limitInputPixels: false }).toColourspace('b-w');
  const bytes = await unlessAborted(picture.png({ compressionLevel: 3 }).toBuffer(), signal);
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}
