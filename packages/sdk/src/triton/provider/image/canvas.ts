import type { ImageModelV4CallOptions, ImageModelV4File, SharedV4Warning } from '@ai-sdk/provider';
import { InvalidArgumentError } from '@ai-sdk/provider';
import { compositeInto } from '../../../image/composite.ts';
import { decodeImage } from '../../../image/decode.ts';
import { encodeImage } from '../../../image/encode.ts';
import type { Size } from '../../../image/geometry.ts';
import type { Image } from '../../../image/image.ts';
import type { Pixels } from '../../../image/pixels.ts';
import { resizePixels } from '../../../image/resize.ts';
import { readPicture } from '../pictures.ts';
import type { ProviderContext } from '../provider-context.ts';
import type { TritonImageOptions } from './image-options.ts';
import { paintingSize, workingSize } from './image-size.ts';
import { maskWeights } from './mask-weights.ts';

/** What is painted on: nothing but a size, or a picture of which only the masked part will change. */
export interface Canvas {
  /** WIDTH and HEIGHT. */
  readonly size: Size;
  /** IMAGE and MASK, as PNG of exactly that size. */
  readonly picture: { readonly image: Uint8Array; readonly mask: Uint8Array } | undefined;
  readonly defaultStrength: number;
  readonly warnings: SharedV4Warning[];
  /** The finished picture, from what the model painted. */
  finish(painted: Uint8Array): Promise<Uint8Array>;
}

type Sources = Pick<ProviderContext, 'allowUrls' | 'network'>;

/** Reads the call's pictures and brings them to a size that the model takes. */
export async function prepareCanvas(
  call: ImageModelV4CallOptions,
  maskMode: NonNullable<TritonImageOptions['maskMode']>,
  sources: Sources,
): Promise<Canvas> {
  const { abortSignal: signal } = call;
  const [first, ...others] = call.files ?? [];
  if (first === undefined) {
    if (call.mask)
      throw new InvalidArgumentError({ argument: 'prompt.mask', message: 'A mask needs a picture in prompt.images.' });
    return {
      ...paintingSize(call.size, call.aspectRatio),
      picture: undefined,
      defaultStrength: 1,
      finish: async (png) => png,
    };
  }
  const [base, mask] = await Promise.all([
    read(first, sources, signal),
    call.mask ? read(call.mask, sources, signal) : undefined,
  ]);
  const weights = mask
    ? await maskWeights(mask, base, maskMode, signal)
    : new Uint8Array(base.width * base.height).fill(255);
  const size = workingSize(base);
  const [image, white] = await Promise.all([toPng(base, size, signal), toPng(selection(base, weights), size, signal)]);
  return {
    size,
    picture: { image, mask: white },
    // Where everything may change, full strength would leave nothing of the picture.
    defaultStrength: mask ? 1 : 0.6,
    warnings: editWarnings(call, others.length),
    finish: (painted) => layOver(base, weights, painted, signal),
  };
}

const read = (file: ImageModelV4File, sources: Sources, signal: AbortSignal | undefined): Promise<Image> =>
  readPicture(file.type === 'url' ? toUrl(file.url) : file.data, sources, signal);

function toUrl(text: string): URL {
  if (URL.canParse(text)) return new URL(text);
  throw new InvalidArgumentError({
    argument: 'prompt.images',
    message: 'The address of a picture is not a valid URL.',
  });
}

function editWarnings({ size, aspectRatio }: ImageModelV4CallOptions, ignored: number): SharedV4Warning[] {
  const details = 'An edited picture keeps its size.';
  return [
    ...(size === undefined ? [] : [{ type: 'unsupported' as const, feature: 'size', details }]),
    ...(aspectRatio === undefined ? [] : [{ type: 'unsupported' as const, feature: 'aspectRatio', details }]),
    ...(ignored === 0
      ? []
      : [{ type: 'unsupported' as const, feature: 'files', details: 'Only the first picture is used.' }]),
  ];
}

const toPng = async (pixels: Pixels, size: Size, signal: AbortSignal | undefined): Promise<Uint8Array> =>
  (await encodeImage(await resizePixels(pixels, size, { signal }), { format: 'png', signal })).bytes;

/** White wherever anything may change, black elsewhere. */
function selection({ width, height }: Size, weights: Uint8Array): Pixels {
  const data = new Uint8Array(weights.length * 4);
  for (let pixel = 0; pixel < weights.length; pixel++) {
    data.fill(weights[pixel] === 0 ? 0 : 255, pixel * 4, pixel * 4 + 3);
    data[pixel * 4 + 3] = 255;
  }
  return { width, height, data };
}

/** Models disturb what they were told to leave: only what the mask allows is taken from them. */
async function layOver(
  base: Image,
  weights: Uint8Array,
  painted: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const patch = await resizePixels(await decodeImage(painted, { signal }), base, { signal });
  const data = await compositeInto(base, patch, { x: 0, y: 0 }, weights, signal);
  return (await encodeImage({ width: base.width, height: base.height, data }, { format: 'png', signal })).bytes;
}
