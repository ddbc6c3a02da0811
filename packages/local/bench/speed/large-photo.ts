// Runs in a process of its own, so that its peak memory is its own: removes the cup from a 12-megapixel photograph.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { atelier } from '@atelier/sdk';
import { decodeImage } from '@atelier/sdk/image';
import sharp from 'sharp';
import { local } from '../../src/index.ts';
import { photo } from '../../test/photos.ts';

const file = await sharp(photo('coffee.png'))
  .resize(4244, 2828, { kernel: 'lanczos3' })
  .jpeg({ quality: 92 })
  .toBuffer();
const studio = atelier({ backends: [local()] });
// Warm the models on the small photograph first: the bar is for warm calls.
await studio.vision.remove(photo('coffee.png'), { phrase: 'the cup' });
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const began = performance.now();
const image = await decodeImage(file);
const decoded = performance.now();
const { receipt, verified } = await studio.vision.remove(image, { phrase: 'the cup' });
const ended = performance.now();
delay.disable();
console.log(
  JSON.stringify({
    decodeSeconds: (decoded - began) / 1000,
    removeSeconds: (ended - decoded) / 1000,
    delayMs: delay.percentile(99.9) / 1e6,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    changedOutsideMask: receipt.changedOutsideMask,
    verified: verified.ok,
  }),
);
await studio.close();
