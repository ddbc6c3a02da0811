import { setTimeout as sleep } from 'node:timers/promises';
import type { ImageModelV4, ImageModelV4CallOptions } from '@ai-sdk/provider';
import { apiError } from './reference-language-model.ts';

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** An image model that keeps the specification, written for the tests of the contract: mutants are made from it. */
export class ReferenceImageModel implements ImageModelV4 {
  readonly specificationVersion = 'v4' as const;
  readonly provider = 'reference.image';
  readonly modelId: string = 'brush';
  readonly maxImagesPerCall: ImageModelV4['maxImagesPerCall'] = 4;
  readonly supportsFileInputs: boolean = true;
  readonly supportsMaskInputs: boolean = true;
  /** The headers of the last call. */
  received: Record<string, string | undefined> = {};

  async doGenerate(options: ImageModelV4CallOptions) {
    const { abortSignal, headers = {}, n, seed = 1, aspectRatio } = options;
    abortSignal?.throwIfAborted();
    this.received = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
    const status = Number(headers['x-fail'] ?? 0);
    if (status > 0) throw apiError(status);
    await sleep(Number(headers['x-slow'] ?? 0), undefined, { signal: abortSignal });
    const seeds = Array.from({ length: n }, (_, image) => seed + image);
    return {
      images: seeds.map((value) => Uint8Array.of(...signature, value & 255, (value >> 8) & 255, (value >> 16) & 255)),
      warnings: aspectRatio === undefined ? [] : [{ type: 'unsupported' as const, feature: 'aspectRatio' }],
      response: { timestamp: new Date(), modelId: this.modelId, headers: { 'x-reference': 'yes' } },
      providerMetadata: { reference: { images: seeds.map((value) => ({ seed: value })) } },
    };
  }
}
