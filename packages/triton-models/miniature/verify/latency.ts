import { Mask } from '@atelier/sdk';
import type { TritonBackend } from '@atelier/sdk/triton';
import type { Bar } from './bars.ts';
import type { Example } from './examples.ts';
import { median } from './mean.ts';
import { readPicture } from './pictures.ts';
import { boxOf } from './segmentation.ts';

type Timed = Extract<Bar['model'], 'owlv2' | 'sam' | 'vqa' | 'sd3'>;

export const isTimed = (model: Bar['model']): model is Timed => ['owlv2', 'sam', 'vqa', 'sd3'].includes(model);

/**
 * Median in milliseconds over pictures that the server has not seen, as the SDK's caller waits for it: a detection, a
 * mask, the first words of an answer, a painting.
 * @param examples pictures that nothing else was asked about: the models keep what they saw.
 */
export async function measureLatency(
  backend: TritonBackend,
  model: Timed,
  examples: readonly Example<'segmentations'>[],
): Promise<number> {
  const { detect, segment, ask, inpaint } = backend.capabilities;
  if (!detect || !segment || !ask || !inpaint) throw new Error('The backend lacks a model.');
  const times: number[] = [];
  for (const { picture, things } of examples) {
    const image = await readPicture(picture);
    const [{ name, box }] = things;
    const work = {
      owlv2: () => detect.run({ image, phrases: [name] }, {}),
      sam: () => segment.run({ image, box: boxOf(box) }, {}),
      vqa: (first: () => void) =>
        ask.run({ image, question: `What colour is the ${name.split(' ')[1]}?`, language: 'en' }, { text: first }),
      sd3: () => inpaint.run({ image, mask: Mask.fromBox(image, boxOf(box)), prompt: `a ${name}`, seed: 0 }, {}),
    };
    times.push(await timed(work[model]));
  }
  // The very first call also connects.
  return median(times.slice(1));
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
