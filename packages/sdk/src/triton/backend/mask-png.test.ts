import sharp, { type Create, type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { Mask } from '../../image/mask.ts';
import { bytes } from './__fixtures__/tensors.ts';
import { decodeMaskPng, encodeMaskPng } from './mask-png.ts';
import { OutputReader } from './outputs.ts';

const size = { width: 24, height: 16 };
const png = (options: Create, encode: (picture: Sharp) => Sharp = (picture) => picture.png()) =>
  encode(sharp({ create: options }))
    .toBuffer()
    .then((buffer: Buffer) => new Uint8Array(buffer));
const grey = { ...size, channels: 3, background: '#808080' } as const;
const decode = (...masks: readonly Uint8Array[]) =>
  decodeMaskPng(new OutputReader('sam', { MASKS: bytes(...masks) }), size, undefined);

describe('masks', () => {
  it('survive PNG, bit by bit', async () => {
    const data = Uint8Array.from({ length: 24 * 16 }, (_, at) => (at % 7 === 0 ? 1 : 0));
    const mask = new Mask(24, 16, data);
    expect((await decode(await encodeMaskPng(mask, undefined))).data).toEqual(data);
  });

  it.each([
    ['of one bit', (picture: Sharp) => picture.toColourspace('b-w').png({ palette: true, colours: 2 })],
    ['with alpha', (picture: Sharp) => picture.ensureAlpha(0.5).png()],
    ['of 16 bits', (picture: Sharp) => picture.toColourspace('grey16').png()],
  ])('%s are read at the middle', async (_what, encode) => {
    const light = await png({ ...grey, background: '#a0a0a0' }, encode);
    expect((await decode(light)).area).toBe(24 * 16);
    const dark = await png({ ...grey, background: '#606060' }, encode);
    expect((await decode(dark)).area).toBe(0);
  });

  it('are refused when they are none', async () => {
    const whole = await png(grey);
    const refused = (work: Promise<unknown>, message: RegExp) =>
      expect(work).rejects.toMatchObject({
        code: 'response-invalid',
        model: 'sam',
        message: expect.stringMatching(message),
      });
    await refused(decode(), /0 MASKS/);
    await refused(decode(whole, whole), /2 MASKS/);
    await refused(decode(new TextEncoder().encode('garbage')), /no picture/);
    await refused(decode(whole.subarray(0, whole.length - 20)), /damaged/);
    await refused(decode(await png({ ...grey, width: 25 })), /25 x 16 for a picture of 24 x 16/);
    await refused(decode(await png(grey, (picture) => picture.jpeg())), /as jpeg instead of PNG/);
  });
});
