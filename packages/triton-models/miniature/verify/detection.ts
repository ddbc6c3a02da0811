import type { Image } from '@atelier/sdk';
import type { TritonBackend } from '@atelier/sdk/triton';
import { type Asked, averagePrecision } from './average-precision.ts';
import type { Example } from './examples.ts';
import { mean } from './mean.ts';
import { readPicture } from './pictures.ts';

export interface DetectionFigures {
  /** Over the things that phrases ask for, of the phrases with matches. */
  readonly meanAveragePrecision: number;
  /** Share of the phrases without a match for which something was reported at the SDK's own threshold; NaN without any. */
  readonly falsePositives: number;
  readonly phrases: number;
  readonly absent: number;
}

/** Low, so that the curve of precision over recall has its end. */
const curveThreshold = 0.02;

/** Each phrase is asked for alone: in one request phrases rival each other for a box. */
export async function measureDetection(
  backend: TritonBackend,
  examples: readonly Example<'detections'>[],
): Promise<DetectionFigures> {
  const byQuery = new Map<string, Asked[]>();
  const falsely: number[] = [];
  for (const example of examples) {
    const image = await readPicture(example.picture);
    for (const { text, query, boxes } of example.phrases) {
      if (boxes.length === 0) {
        falsely.push((await detect(backend, image, text)).length > 0 ? 1 : 0);
        continue;
      }
      const found = await detect(backend, image, text, curveThreshold);
      byQuery.set(query, [...(byQuery.get(query) ?? []), { found, truth: boxes }]);
    }
  }
  const asked = [...byQuery.values()];
  return {
    meanAveragePrecision: mean(asked.map((one) => averagePrecision(one))),
    falsePositives: mean(falsely),
    phrases: asked.flat().length,
    absent: falsely.length,
  };
}

async function detect(backend: TritonBackend, image: Image, phrase: string, threshold?: number) {
  const { detect: capability } = backend.capabilities;
  if (!capability) throw new Error('The backend detects nothing.');
  return capability.run({ image, phrases: [phrase], ...(threshold === undefined ? {} : { threshold }) }, {});
}
