import type { ImageModelV4CallOptions, ImageModelV4File, SharedV4Warning } from '@ai-sdk/provider';
import { InvalidArgumentError } from '@ai-sdk/provider';
import type { Size } from '../../../image/geometry.ts';
import type { Image } from '../../../image/image.ts';
import { readPicture } from '../pictures.ts';
import type { ProviderContext } from '../provider-context.ts';
import type { TritonImageOptions } from './image-options.ts';
import { paintingSize } from './image-size.ts';
import { maskWeights } from './mask-weights.ts';
import { placeEdit } from './place-edit.ts';

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

type Sources = Pick<ProviderContext, 'allowUrls' | 'network'> & { readonly modelId: string };

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
  const weights = mask ? await maskWeights(mask, base, maskMode, signal) : fullWeights(base);
  return {
    ...(await placeEdit(base, weights, sources.modelId, signal)),
    // Where everything may change, full strength would leave nothing of the picture.
    defaultStrength: mask ? 1 : 0.6,
    warnings: editWarnings(call, others.length),
  };
}

const fullWeights = ({ width, height }: Size): Uint8Array => new Uint8Array(width * height).fill(255);

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
