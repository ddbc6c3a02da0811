import type { CallContext } from '../../capabilities/capability.ts';
import { AtelierError } from '../../errors/atelier-error.ts';
import type { Size } from '../../image/geometry.ts';
import type { Pixels } from '../../image/pixels.ts';
import type { ModelCalls } from './connection.ts';
import { decodePainting } from './decode-painting.ts';
import { OutputReader } from './outputs.ts';

/** One painting by the sd3 model. Without `image` and `mask` a new picture. */
export interface Painting extends Size {
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly image?: Uint8Array;
  readonly mask?: Uint8Array;
  readonly steps: number;
  readonly guidance: number;
  readonly strength: number;
  readonly seed: number;
}

/**
 * Paints, telling each denoising step. Over gRPC only, where aborting stops the model. Tried again after a broken
 * connection: equal seeds give equal pixels, and the server stops what nobody waits for any more.
 */
export async function paint(
  calls: ModelCalls,
  model: string,
  painting: Painting,
  { signal, progress }: CallContext,
): Promise<Pixels> {
  const options = { signal, transport: 'grpc', idempotent: true } as const;
  let picture: Uint8Array | undefined;
  for await (const outputs of calls.stream(model, inputsOf(painting), options)) {
    const reader = new OutputReader(model, outputs);
    if (reader.has('STEP')) progress?.(shareOf(reader));
    if (reader.has('IMAGE')) picture = reader.bytes('IMAGE');
  }
  if (!picture) throw new OutputReader(model, {}).refuse('a stream that broke off before its IMAGE');
  const pixels = await decodePainting(picture, painting, model, signal);
  progress?.(1);
  return pixels;
}

function inputsOf(painting: Painting) {
  const { prompt, negativePrompt, image, mask, width, height, steps, guidance, strength, seed } = painting;
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new AtelierError({
      code: 'invalid-input',
      message: `A seed of ${seed} cannot be used.`,
      hint: 'Give a whole number from 0 to 2^53 - 1.',
    });
  }
  return {
    PROMPT: prompt,
    NEGATIVE_PROMPT: negativePrompt,
    ...(image && mask ? { IMAGE: image, MASK: mask } : {}),
    WIDTH: width,
    HEIGHT: height,
    STEPS: steps,
    GUIDANCE: guidance,
    STRENGTH: strength,
    SEED: BigInt(seed),
  };
}

/** Decoding the latents comes after the last step. */
function shareOf(reader: OutputReader): number {
  const [step, steps] = [reader.integer('STEP'), reader.integer('STEPS')];
  if (!(steps >= 1 && step >= 0 && step <= steps)) throw reader.refuse(`step ${step} of ${steps}`);
  return (0.98 * step) / steps;
}
