import { z } from 'zod';

/** `providerOptions.triton` of image models. Unknown names are refused, so that a slip of the pen is not silently ignored. */
export const imageOptionsSchema = z.strictObject({
  /** Denoising steps. Default 28. */
  steps: z.int().min(1).max(1000).optional().describe('a whole number from 1 to 1000'),
  /** Classifier-free guidance: how closely the prompt is followed. Default 7. */
  guidance: z.number().min(0).max(30).optional().describe('a number from 0 to 30'),
  /** 0..1: how much of what is there may be repainted. Default 1 with a mask; 0.6 for a picture without one. */
  strength: z.number().min(0).max(1).optional().describe('a number from 0 to 1'),
  /** What should not be there. */
  negativePrompt: z.string().optional().describe('a text'),
  /**
   * What a mask means. `transparent`: its transparent pixels are repainted (OpenAI's convention). `white`: its white pixels are
   * (Stable Diffusion's). `auto` (default): the first where the mask has any transparency, else the second.
   */
  maskMode: z.enum(['auto', 'transparent', 'white']).optional().describe("'auto', 'transparent' or 'white'"),
});

/** Options of `triton.imageModel(...)`, given as `providerOptions: { triton: { ... } }`. */
export type TritonImageOptions = z.infer<typeof imageOptionsSchema>;
