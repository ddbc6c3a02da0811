import type { Payload } from './payloads.ts';

/** The clients that are compared, in the order of the table. */
export const clientNames = ['python-http', 'python-grpc', 'undici', 'ours-http', 'ours-grpc'] as const;
export type ClientName = (typeof clientNames)[number];

/**
 * What the bench tells a client's process, one JSON object a line on its stdin. `load` reads the payload and sends it once,
 * comparing the reply bit for bit; `turn` measures.
 */
export type Command =
  | { readonly do: 'load'; readonly payload: Payload }
  | { readonly do: 'turn'; readonly calls: number; readonly inFlight: number; readonly warmUp: number };

/** What a process answers to a turn, one line on its stdout. `load` is answered with `{}`, a failure with `{ error }`. */
export interface TurnResult {
  /** Of each call, from building the request to holding the tensor of the reply. */
  readonly milliseconds: readonly number[];
  /** From the first call's begin to the last call's end. */
  readonly wallMs: number;
  /** Processor time of the client's process meanwhile. */
  readonly cpuMs: number;
}
