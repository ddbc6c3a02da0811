import { monitorEventLoopDelay } from 'node:perf_hooks';
import { atelier, Image } from '@atelier/sdk';
import { local, planner } from '../../src/index.ts';
import { photo } from '../../test/photos.ts';
import { atMost, type BenchRow, median } from '../row.ts';

const rounds = 5;

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

/** Warm calls on a 600 x 400 photograph, each the median of five. What is seen in a picture is remembered: each call gets its own. */
export async function benchSmallPhoto(): Promise<BenchRow[]> {
  const backend = local();
  const studio = () => atelier({ backends: [backend], brain: planner() });
  const image = await studio().vision.load(photo('coffee.png'));
  const [{ box }] = await studio().vision.detect(image, { phrases: ['cup'] });
  const mask = await studio().vision.segment(image, { box });
  await studio().vision.remove(image, { mask });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const times: Record<'detect' | 'segment' | 'remove' | 'run', number[]> = {
    detect: [],
    segment: [],
    remove: [],
    run: [],
  };
  let number = 0;
  const another = () => variant(image, number++);
  for (let round = 0; round < rounds; round++) {
    const pictures = [await another(), await another(), await another(), await another()];
    times.detect.push(await seconds(() => studio().vision.detect(pictures[0], { phrases: ['cup'] })));
    times.segment.push(await seconds(() => studio().vision.segment(pictures[1], { box })));
    times.remove.push(await seconds(() => studio().vision.remove(pictures[2], { mask })));
    times.run.push(await seconds(() => studio().session({ image: pictures[3] }).run('remove the cup').result));
  }
  delay.disable();
  await backend.close?.();
  return [
    atMost('detect, 600 x 400, warm', median(times.detect), 0.6, 's'),
    atMost('segment, 600 x 400, warm', median(times.segment), 0.7, 's'),
    atMost('remove (fill, composite, count, check), 600 x 400, warm', median(times.remove), 2.5, 's'),
    atMost('a whole run, "remove the cup", warm', median(times.run), 6, 's'),
    atMost('event-loop delay p99.9, 600 x 400', delay.percentile(99.9) / 1e6, 50, 'ms', 0),
  ];
}

/** The same picture but for one corner pixel, so that nothing remembered can answer. */
function variant(image: Image, number: number): Promise<Image> {
  const data = Uint8Array.from(image.data);
  data[0] = number;
  return Image.fromPixels({ width: image.width, height: image.height, data });
}
