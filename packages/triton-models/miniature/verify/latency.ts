import { Mask } from '@atelier/sdk';
import type { TritonBackend } from '@atelier/sdk/triton';
import type { Example } from './examples.ts';
import { median } from './mean.ts';
import { readPicture } from './pictures.ts';
import { boxOf } from './segmentation.ts';

/** Medians in milliseconds over pictures that the server has not seen, as the SDK's caller waits for them. */
export interface LatencyFigures {
  readonly detect: number;
  readonly segment: number;
  /** From the call to the first words. */
  readonly firstToken: number;
  readonly paint: number;
}

/** @param examples pictures that nothing else was asked about: the models keep what they saw. */
export async function measureLatency(
  backend: TritonBackend,
  examples: readonly Example<'segmentations'>[],
): Promise<LatencyFigures> {
  const { detect, segment, ask, inpaint } = backend.capabilities;
  if (!detect || !segment || !ask || !inpaint) throw new Error('The backend lacks a model.');
  const figures: Record<keyof LatencyFigures, number[]> = { detect: [], segment: [], firstToken: [], paint: [] };
  for (const { picture, things } of examples) {
    const image = await readPicture(picture);
    const [{ name, box }] = things;
    const phrases = [name];
    figures.detect.push(await timed(() => detect.run({ image, phrases }, {})));
    figures.segment.push(await timed(() => segment.run({ image, box: boxOf(box) }, {})));
    figures.firstToken.push(
      await timed((first) =>
        ask.run({ image, question: `What colour is the ${name.split(' ')[1]}?`, language: 'en' }, { text: first }),
      ),
    );
    const mask = Mask.fromBox(image, boxOf(box));
    figures.paint.push(await timed(() => inpaint.run({ image, mask, prompt: `a ${name}`, seed: 0 }, {})));
  }
  // The very first call of each kind also connects.
  const of = (values: readonly number[]) => median(values.slice(1));
  return {
    detect: of(figures.detect),
    segment: of(figures.segment),
    firstToken: of(figures.firstToken),
    paint: of(figures.paint),
  };
}

/** Until `first` is called or, where it never is, until the work is done. */
async function timed(work: (first: () => void) => Promise<unknown>): Promise<number> {
  const began = performance.now();
  let ended: number | undefined;
  await work(() => {
    ended ??= performance.now();
  });
  return (ended ?? performance.now()) - began;
}
