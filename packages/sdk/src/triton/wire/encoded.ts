/** A message ready for the wire: the JSON header, then `chunks` in order, nothing between. */
export interface Encoded {
  readonly header: Uint8Array;
  /** The tensors, after the header. Numeric ones are views of the caller's memory: send before changing it. */
  readonly chunks: readonly Uint8Array[];
  /** Length of `header`: the value of `Inference-Header-Content-Length`. */
  readonly headerBytes: number;
  /** Header and chunks together: the value of `Content-Length`. */
  readonly totalBytes: number;
}

export const sumOfBytes = (chunks: readonly Uint8Array[]): number =>
  chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
