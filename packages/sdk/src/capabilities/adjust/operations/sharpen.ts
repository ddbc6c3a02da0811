import { z } from 'zod';
import type { PixelOperation } from '../operation.ts';
import { sharpenPhrasings } from '../phrasing/sharpen-phrasings.ts';
import { detail } from '../pixel-work/detail.ts';
import { sharpenLuminance } from '../pixel-work/unsharp.ts';

const parameters = z
  .object({
    amount: z.number().min(0).max(1).default(0.5).describe('How much, 0..1. Default 0.5.'),
  })
  .strict();

type SharpenParameters = z.infer<typeof parameters>;

/** Detail below this (mean difference to the neighbours, 0..255) is rounding: there is nothing to sharpen. */
const smooth = 0.05;

export const sharpen: PixelOperation<SharpenParameters> = {
  kind: 'pixels',
  name: 'sharpen',
  description: 'Make the detail of a region crisper. It brings out what is there; what is out of focus stays so.',
  parameters,
  example: { amount: 0.5 },
  phrasings: sharpenPhrasings,
  apply: (pixels, { amount }, alpha) => sharpenLuminance(pixels, amount, alpha),
  measure(before, after, { amount }, alpha) {
    const [old, now] = [detail(before, alpha), detail(after, alpha)];
    const evidence = `fine detail ${old.toFixed(2)} before, ${now.toFixed(2)} after (mean difference to the neighbours, 0..255)`;
    return { done: old > smooth && now >= old * (1 + 0.2 * amount) && now > old, evidence };
  },
};
