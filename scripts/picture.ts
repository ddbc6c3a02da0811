// `npm run picture`: makes the picture at the top of the README from what Atelier really does.
import { fileURLToPath } from 'node:url';
import { local, planner } from '@atelier/local';
import { atelier, type Pixels } from '@atelier/sdk';
import sharp from 'sharp';

const rows: readonly { readonly photo: string; readonly requests: readonly string[] }[] = [
  { photo: 'coffee.png', requests: ['remove the cup', 'make the cup blue'] },
  { photo: 'astronaut.png', requests: ['make the background white', "blur the person's face"] },
];
const cell = { width: 400, height: 267 };
const gap = 8;

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const studio = atelier({ backends: [local()], brain: planner() });

const thumbnail = ({ width, height, data }: Pixels): Promise<Buffer> =>
  sharp(data, { raw: { width, height, channels: 4 } })
    .resize({ ...cell, fit: 'cover', position: 'top' })
    .flatten({ background: 'white' })
    .png()
    .toBuffer();

const cells: { input: Buffer; left: number; top: number }[] = [];
for (const [row, { photo, requests }] of rows.entries()) {
  const image = await studio.vision.load(path(`../photos/${photo}`));
  const pictures: Pixels[] = [image];
  for (const request of requests) {
    const { image: edited, answer } = await studio.session({ image }).run(request).result;
    console.log(`${photo}: ${request} -> ${answer}`);
    if (edited) pictures.push(edited);
  }
  for (const [column, picture] of pictures.entries()) {
    const left = column * (cell.width + gap);
    cells.push({ input: await thumbnail(picture), left, top: row * (cell.height + gap) });
  }
}
const size = { width: 3 * cell.width + 2 * gap, height: rows.length * (cell.height + gap) - gap };
await sharp({ create: { ...size, channels: 3, background: 'white' } })
  .composite(cells)
  .jpeg({ quality: 88, mozjpeg: true })
  .toFile(path('../docs/images/edits.jpg'));
await studio.close();
