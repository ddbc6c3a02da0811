import type { Network } from '../../image/read-remote.ts';
import type { TritonClient } from '../client/client.ts';

/** What all models of one provider share. */
export interface ProviderContext {
  readonly client: TritonClient;
  readonly allowUrls: AllowUrls;
  readonly onProgress: ((progress: PaintingProgress) => void) | undefined;
  readonly parallelImages: number;
  /** What tests put in the place of the network that pictures come from. */
  readonly network?: Network;
}

/** Which `http(s):` addresses pictures may be fetched from: none, or those that the function allows, redirects included. */
export type AllowUrls = false | ((url: URL) => boolean);

/** One denoising step is done. */
export interface PaintingProgress {
  readonly modelId: string;
  /** Which image of the call, from 0. */
  readonly image: number;
  /** Steps done, from 1. */
  readonly step: number;
  /** Steps in all. */
  readonly steps: number;
}

/** The name of our part of `providerOptions` and `providerMetadata`. */
export const providerName = 'triton';
