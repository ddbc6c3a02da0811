import { expect, it } from 'vitest';
import { squareCapabilities, squares, squaresOn } from '../capabilities/__fixtures__/squares.ts';
import type { InpaintRequest } from '../capabilities/inpaint/contract.ts';
import { Mask } from '../image/mask.ts';
import { atelier } from './atelier.ts';

const image = await squaresOn(160, 120, [{ colour: 'red', x: 40, y: 40, side: 40 }]);

/** The square without what is in the middle of it: `side` pixels of a mug's handle. */
function withHole(side: number): Mask {
  const data = Uint8Array.from(Mask.fromBox(image, { x: 40, y: 40, width: 40, height: 40 }).data);
  const from = 60 - side / 2;
  for (let y = from; y < from + side; y++) data.fill(0, y * image.width + from, y * image.width + from + side);
  return new Mask(image.width, image.height, data);
}

/** What the painter is allowed to paint over, of everything asked. */
function watched(side: number) {
  const requests: InpaintRequest[] = [];
  const { inpaint, segment } = squareCapabilities;
  const backend = squares({
    segment: { ...segment, run: async () => ({ mask: withHole(side), score: 0.9 }) },
    inpaint: {
      ...inpaint,
      run: async (asked, context) => {
        requests.push(asked);
        return inpaint.run(asked, context);
      },
    },
  });
  return { session: atelier({ backends: [backend] }).session({ image }), requests };
}

/** Whether the middle of the square is painted. */
function paintsMiddle([{ image: part, mask }]: readonly InpaintRequest[]): boolean {
  // The square is in the middle of what is shown.
  return mask.data[Math.floor(part.height / 2) * part.width + Math.floor(part.width / 2)] !== 0;
}

it('paints where the old thing could be seen through', async () => {
  const { session, requests } = watched(16);
  await session.call('inpaint_image', { image: image.id, phrase: 'the red square', prompt: 'a blue square' });
  expect(paintsMiddle(requests)).toBe(true);
});

it('leaves what a frame is around', async () => {
  const { session, requests } = watched(30);
  await session.call('inpaint_image', { image: image.id, phrase: 'the red square', prompt: 'a blue square' });
  expect(paintsMiddle(requests)).toBe(false);
});
