import {
  type EmbeddingModelV4,
  type EmbeddingModelV4CallOptions,
  type EmbeddingModelV4Embedding,
  type EmbeddingModelV4Result,
  TooManyEmbeddingValuesForCallError,
} from '@ai-sdk/provider';
import type { Image } from '../../../image/image.ts';
import { OutputReader } from '../../backend/outputs.ts';
import { pictureBytes } from '../../backend/picture-bytes.ts';
import { asProviderCall } from '../call-error.ts';
import { toCallOptions } from '../call-options.ts';
import { readPicture } from '../pictures.ts';
import { type ProviderContext, providerName } from '../provider-context.ts';

/** Options of `imageEmbeddings`. */
export interface ImageEmbeddingOptions {
  /** Bytes, base64 or decoded images; addresses where the provider's `allowUrls` lets them. */
  readonly images: readonly (Uint8Array | string | URL | Image)[];
  readonly abortSignal?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A model on Triton that keeps the clip contract: texts and pictures as unit vectors of one space. */
export class TritonEmbeddingModel implements EmbeddingModelV4 {
  readonly specificationVersion = 'v4';
  readonly provider = `${providerName}.embedding`;
  readonly modelId: string;
  /** What the server's batcher joins at most. */
  readonly maxEmbeddingsPerCall = 32;
  /** The server joins calls that come together into one batch. */
  readonly supportsParallelCalls = true;
  readonly #context: ProviderContext;

  constructor(modelId: string, context: ProviderContext) {
    this.modelId = modelId;
    this.#context = context;
  }

  /** `dimensions` is warned about: the length of a vector is the model's own. Tokens are not counted by the contract. */
  async doEmbed(options: EmbeddingModelV4CallOptions): Promise<EmbeddingModelV4Result> {
    const { values, dimensions } = options;
    const { provider, modelId, maxEmbeddingsPerCall } = this;
    if (values.length > maxEmbeddingsPerCall) {
      throw new TooManyEmbeddingValuesForCallError({ provider, modelId, maxEmbeddingsPerCall, values });
    }
    const embeddings = await this.#embed({ TEXTS: values }, options);
    return { embeddings, warnings: dimensions === undefined ? [] : [{ type: 'unsupported', feature: 'dimensions' }] };
  }

  /**
   * The vectors of pictures, in their order, in the space of the texts' vectors. Not part of the specification, which embeds
   * texts alone. Any number of pictures: they go in several calls.
   *
   * @example
   * const { embeddings } = await triton.embeddingModel('clip').imageEmbeddings({ images: [photo] });
   */
  async imageEmbeddings(options: ImageEmbeddingOptions): Promise<{ embeddings: EmbeddingModelV4Embedding[] }> {
    const { abortSignal: signal } = options;
    const embeddings: EmbeddingModelV4Embedding[] = [];
    for (let at = 0; at < options.images.length; at += this.maxEmbeddingsPerCall) {
      const chunk = options.images.slice(at, at + this.maxEmbeddingsPerCall);
      const images = await Promise.all(chunk.map((image) => this.#bytes(image, signal)));
      embeddings.push(...(await this.#embed({ IMAGES: images }, options)));
    }
    return { embeddings };
  }

  async #bytes(image: ImageEmbeddingOptions['images'][number], signal: AbortSignal | undefined): Promise<Uint8Array> {
    const isReference = typeof image === 'string' || image instanceof URL || image instanceof Uint8Array;
    const decoded = isReference ? await readPicture(image, this.#context, signal) : image;
    return pictureBytes(decoded);
  }

  async #embed(
    inputs: { TEXTS: readonly string[] } | { IMAGES: readonly Uint8Array[] },
    options: Pick<EmbeddingModelV4CallOptions, 'abortSignal'> & { readonly headers?: Readonly<Record<string, string>> },
  ): Promise<EmbeddingModelV4Embedding[]> {
    const count = 'TEXTS' in inputs ? inputs.TEXTS.length : inputs.IMAGES.length;
    if (count === 0) return [];
    return asProviderCall(this.#context, this.modelId, options.abortSignal, async () => {
      const outputs = await this.#context.client.model(this.modelId).infer({ ...inputs }, toCallOptions(options));
      return rows(new OutputReader(this.modelId, outputs), count);
    });
  }
}

/** The rows of EMBEDDINGS, as plain numbers. */
function rows(reader: OutputReader, count: number): EmbeddingModelV4Embedding[] {
  const data = reader.elements('EMBEDDINGS', 'FP32');
  const length = data.length / count;
  if (!Number.isInteger(length) || length === 0) throw reader.refuse(`${data.length} numbers for ${count} vectors`);
  return Array.from({ length: count }, (_, row) => Array.from(data.subarray(row * length, (row + 1) * length)));
}
