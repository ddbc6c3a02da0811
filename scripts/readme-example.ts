import { writeFile } from 'node:fs/promises';
import { local, planner } from '@atelier/local';
import { atelier } from '@atelier/sdk';
import { encodeImage } from '@atelier/sdk/image';

const studio = atelier({ backends: [local()], brain: planner() });
const run = studio.session({ image: 'photos/coffee.png' }).run('make the cup blue');
for await (const event of run.events) if (event.status === 'progress') console.log(event.message);
const { answer, image, edits, verified } = await run.result;
console.log(answer, verified, edits[0]?.receipt.changedOutsideMask); // ... true 0
if (image) await writeFile('out/blue.png', (await encodeImage(image, { format: 'png' })).bytes);

const cups = await studio.vision.detect('photos/two-cups.png', { phrases: ['the cup on the left'] });
console.log(cups); // [{ label: 'cup', score: 0.47, box: { x, y, width, height }, phrase }]
await studio.close();
