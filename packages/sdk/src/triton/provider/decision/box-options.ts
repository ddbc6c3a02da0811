import { z } from 'zod';

/** `providerOptions.triton` of box decisions. */
export const boxOptionsSchema = z.strictObject({
  /** Detections of a lower score are no answer. 0..1, default 0.2. */
  threshold: z.number().min(0).max(1).optional().describe('a number from 0 to 1'),
});
