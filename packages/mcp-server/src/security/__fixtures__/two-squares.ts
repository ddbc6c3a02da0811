import sharp from 'sharp';

/** A picture with two red squares, so that "the red square" is a question; `seed` makes it another picture. */
export async function twoSquares(seed = 0): Promise<{ readonly bytes: Buffer; readonly url: string }> {
  const square = await sharp({ create: { width: 60, height: 60, channels: 3, background: '#d01020' } })
    .png()
    .toBuffer();
  const blank = {
    create: { width: 400, height: 200, channels: 3 as const, background: { r: 255, g: 255, b: 255 - seed } },
  };
  const bytes = await sharp(blank)
    .composite([50, 250].map((left) => ({ input: square, left, top: 60 })))
    .png()
    .toBuffer();
  return { bytes, url: `data:image/png;base64,${bytes.toString('base64')}` };
}
