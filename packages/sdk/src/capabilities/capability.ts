import type { Pixels } from '../image/pixels.ts';
import type { AdjustRequest } from './adjust/contract.ts';
import type { AskRequest, AskResponse } from './ask/contract.ts';
import type { Detection, DetectRequest } from './detect/contract.ts';
import type { GenerateRequest } from './generate/contract.ts';
import type { InpaintRequest } from './inpaint/contract.ts';
import type { RemoveRequest } from './remove/contract.ts';
import type { SegmentRequest, SegmentResponse } from './segment/contract.ts';

/** What a caller passes along with every request to a backend. */
export interface CallContext {
  /** Aborting it stops the work as soon as the backend can and rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Share of the work done, 0..1, never falling. Optional to call. */
  readonly progress?: (fraction: number) => void;
  /** Pieces of an answer as they are written; joined they are the answer. Only backends that stream call it. */
  readonly text?: (delta: string) => void;
}

/** Why a backend cannot serve a request. `code` is `capability-unavailable` or `phrase-unknown`. */
export interface Unable {
  readonly code: 'capability-unavailable' | 'phrase-unknown';
  /** What is missing and what would help, in one or two sentences. */
  readonly hint: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** One capability as one backend does it. */
export interface Capability<Request, Response> {
  /** The model's name, for receipts: `centernet-coco`, `grabcut`, `sd3-medium`. */
  readonly model: string;
  /** Decides routing before the call; must be cheap and must not look at pixels. */
  able(request: Request): true | Unable;
  run(request: Request, context: CallContext): Promise<Response>;
}

/** Everything a backend can be asked for. Edits answer with proposed pixels of the request's size; only what the mask allows is kept. */
export interface CapabilityMap {
  ask: Capability<AskRequest, AskResponse>;
  detect: Capability<DetectRequest, readonly Detection[]>;
  segment: Capability<SegmentRequest, SegmentResponse>;
  remove: Capability<RemoveRequest, Pixels>;
  inpaint: Capability<InpaintRequest, Pixels>;
  generate: Capability<GenerateRequest, Pixels>;
  adjust: Capability<AdjustRequest, Pixels>;
}

export type CapabilityName = keyof CapabilityMap;

/** Every capability there is. */
export const capabilityNames = [
  'ask',
  'detect',
  'segment',
  'remove',
  'inpaint',
  'generate',
  'adjust',
] as const satisfies readonly CapabilityName[];

/** A record of capabilities under one name. */
export interface Backend {
  /** `local`, `triton`, `openai`: shown in receipts and errors. */
  readonly name: string;
  readonly capabilities: Partial<CapabilityMap>;
  /** Frees workers and connections. A closed backend may start again at the next call. */
  close?(): Promise<void>;
}
