import {
  type ImageModelV4,
  type ImageModelV4CallOptions,
  type ImageModelV4Result,
  InvalidArgumentError,
} from '@ai-sdk/provider';
import { settingsOf } from '../../backend/options.ts';
import { OutputReader } from '../../backend/outputs.ts';
import { asProviderCall } from '../call-error.ts';
import { toCallOptions } from '../call-options.ts';
import { type ProviderContext, providerName } from '../provider-context.ts';
import { readProviderOptions } from '../provider-options.ts';
import { toSeed } from '../seed.ts';
import { type Canvas, prepareCanvas } from './canvas.ts';
import { imageOptionsSchema, type TritonImageOptions } from './image-options.ts';
import { inParallel } from './in-parallel.ts';

/**
 * A painting model on Triton that keeps the sd3 contract: text to image, and with `prompt.images` and `prompt.mask` inpainting,
 * where every pixel outside the mask comes back as it was.
 */
export class TritonImageModel implements ImageModelV4 {
  readonly specificationVersion = 'v4';
  readonly provider = `${providerName}.image`;
  readonly modelId: string;
  /**
   * Each image is a request of its own, so there is no limit. It must not be low: the core gives every call that it splits
   * off the same seed, and equal seeds give equal pictures.
   */
  readonly maxImagesPerCall = 1000;
  readonly supportsFileInputs = true;
  readonly supportsMaskInputs = true;
  readonly #context: ProviderContext;

  constructor(modelId: string, context: ProviderContext) {
    this.modelId = modelId;
    this.#context = context;
  }

  async doGenerate(options: ImageModelV4CallOptions): Promise<ImageModelV4Result> {
    const { abortSignal: signal, providerOptions, n } = options;
    const timestamp = new Date();
    return asProviderCall(this.#context, this.modelId, signal, async () => {
      const settings = readProviderOptions(providerOptions, imageOptionsSchema);
      const first = toSeed(options.seed, n);
      const canvas = await prepareCanvas(options, settings.maskMode ?? 'auto', {
        ...this.#context,
        modelId: this.modelId,
      });
      const inputs = toInputs(options.prompt, settings, canvas);
      const seeds = Array.from({ length: n }, (_, image) => first + image);
      const images = await inParallel(seeds, this.#context.parallelImages, signal, async (seed, image, abortSignal) => {
        const painted = await this.#paint({ ...inputs, SEED: BigInt(seed) }, { ...options, abortSignal }, image);
        return canvas.finish(painted);
      });
      return {
        images,
        warnings: canvas.warnings,
        response: { timestamp, modelId: this.modelId, headers: undefined },
        providerMetadata: { [providerName]: { images: seeds.map((seed) => ({ seed })) } },
      };
    });
  }

  async #paint(
    inputs: ReturnType<typeof toInputs> & { SEED: bigint },
    options: ImageModelV4CallOptions,
    image: number,
  ) {
    const { client, onProgress } = this.#context;
    const { modelId } = this;
    // Over gRPC, where an abort stops the model; over HTTP its pictures could not travel.
    const callOptions = { ...toCallOptions(options), transport: 'grpc' as const };
    let painted: Uint8Array | undefined;
    for await (const outputs of client.model(modelId).stream(inputs, callOptions)) {
      const reader = new OutputReader(modelId, outputs);
      if (reader.has('IMAGE')) painted = reader.bytes('IMAGE');
      if (!reader.has('STEP')) continue;
      onProgress?.({ modelId, image, step: reader.integer('STEP'), steps: reader.integer('STEPS') });
    }
    if (painted) return painted;
    throw new OutputReader(modelId, {}).refuse('a stream that broke off before its IMAGE');
  }
}

const defaults = settingsOf({});

function toInputs(
  prompt: string | undefined,
  settings: TritonImageOptions,
  { size, picture, defaultStrength }: Canvas,
) {
  if (prompt === undefined || prompt.trim() === '') {
    throw new InvalidArgumentError({ argument: 'prompt', message: 'Say in the prompt what should be painted.' });
  }
  return {
    PROMPT: prompt,
    NEGATIVE_PROMPT: settings.negativePrompt ?? '',
    ...(picture ? { IMAGE: picture.image, MASK: picture.mask } : {}),
    WIDTH: size.width,
    HEIGHT: size.height,
    STEPS: settings.steps ?? defaults.steps,
    GUIDANCE: settings.guidance ?? defaults.guidance,
    STRENGTH: settings.strength ?? defaultStrength,
  };
}
