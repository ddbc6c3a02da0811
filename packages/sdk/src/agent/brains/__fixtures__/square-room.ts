import { Image } from '../../../image/image.ts';
import { places } from '../../__fixtures__/scripted.ts';

/** A picture for the squares' backend, 1200 x 900, all else noise: as large a file as a picture of its size can be. */
export async function squareRoom(): Promise<Image> {
  const [width, height] = [1200, 900];
  const data = new Uint8Array(width * height * 4);
  let state = 7;
  for (let i = 0; i < data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data[i] = i % 4 === 3 ? 255 : state >>> 24;
  }
  const paint = ({ x, y }: { readonly x: number; readonly y: number }, rgb: readonly number[]) => {
    for (let row = y; row < y + 16; row++) {
      for (let column = x; column < x + 16; column++) data.set(rgb, (row * width + column) * 4);
    }
  };
  paint(places.left, [220, 20, 20]);
  paint(places.right, [220, 20, 20]);
  paint(places.below, [20, 20, 220]);
  return Image.fromPixels({ width, height, data });
}
