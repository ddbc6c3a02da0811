// Generated from the configuration of a running Triton server; do not edit. To make it again:
//   atelier triton types --url URL > models.ts
import type { InputValue, Tensor } from '@atelier/sdk/triton';

/** Models by name, for `new TritonClient<Models>({ url })`. In shapes, -1 is a side of any length. */
export interface Models {
  /** One response; batches of up to 8. */
  'types-batched': {
    inputs: {
      /** FP32 [batch, -1, 4], optional. */
      BOXES?: InputValue<'FP32'>;
      /** BYTES [batch, 1]. */
      IMAGE: InputValue<'BYTES'>;
    };
    outputs: {
      /** FP32 [batch, -1]. */
      SCORES: Tensor<'FP32'>;
    };
    decoupled: false;
  };
  /** One response; no batches. */
  'types-hostile': {
    inputs: {
      /** INT64 [-1, 2]. */
      '*/ } export const broken = 1; /*': InputValue<'INT64'>;
      /** FP16 [1], optional. */
      '1'?: InputValue<'FP16'>;
      /** BOOL [1], optional. */
      __proto__?: InputValue<'BOOL'>;
      /** UINT8 [1], optional. */
      constructor?: InputValue<'UINT8'>;
      /** BF16 [1], optional. */
      'it\'s "quoted" \\ \u{a} `${here}`'?: InputValue<'BF16'>;
      /** BYTES [1], optional. */
      '두 낱말'?: InputValue<'BYTES'>;
    };
    outputs: {
      /** UINT64 [-1]. */
      'with space': Tensor<'UINT64'>;
    };
    decoupled: false;
  };
  /** A stream of responses (decoupled); no batches. */
  'types-stream': {
    inputs: {
      /** INT32 [1]. */
      COUNT: InputValue<'INT32'>;
    };
    outputs: {
      /** INT32 [1]. */
      INDEX: Tensor<'INT32'>;
    };
    decoupled: true;
  };
}
