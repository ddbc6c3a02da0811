import { Image } from '@atelier/sdk';

/** A small picture with something to see in it, another one for each number. */
export function numberedPicture(number: number): Promise<Image> {
  const [width, height] = [48, 32];
  const data = new Uint8Array(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    data.set(
      [(x * 5 + number * 37) % 256, (y * 7 + number * 11) % 256, (x * y + number + (number >> 8) * 91) % 256, 255],
      i * 4,
    );
  }
  return Image.fromPixels({ width, height, data });
}
