import type { Tensors } from './tensors.ts';

export const modelNames = ['owlv2', 'sam', 'sd3', 'vqa', 'clip'] as const;
export type ModelName = (typeof modelNames)[number];

/** One kind of request to one model. */
export interface Scenario {
  readonly model: ModelName;
  /** `new picture, 1 point` */
  readonly what: string;
  /** Answers with several responses, over gRPC; else with one, over HTTP. */
  readonly streams: boolean;
  /** Calls in a turn. */
  readonly calls: number;
  /** Sent once, before anything is measured. */
  readonly before?: Tensors;
  /** No two indices give the same request, so no cache knows the answer. */
  request(index: number): Tensors;
}

/** How large the requests are. */
export interface Load {
  /** Width and height of the photograph that is looked at. */
  readonly photo: readonly [number, number];
  readonly paint: { readonly side: number; readonly steps: number };
  readonly tokens: number;
  /** Pictures of a request to clip. */
  readonly clipPictures: readonly number[];
  /** Also what repeats a scenario with another input. */
  readonly all: boolean;
  /** Calls in a turn of the quick models, and of those that stream. */
  readonly calls: { readonly quick: number; readonly streaming: number };
}
