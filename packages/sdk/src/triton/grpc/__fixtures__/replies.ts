import { encodeMessage } from '../messages.ts';
import { floats } from './calls.ts';

export const request = { model: 'any', inputs: { INPUT: floats(new Float32Array(4)) } };
export const reply = (values: Float32Array, parameters: Record<string, unknown> = {}): Buffer =>
  encodeMessage('ModelInferResponse', {
    model_name: 'any',
    model_version: '1',
    id: 'x',
    parameters,
    outputs: [{ name: 'OUTPUT', datatype: 'FP32', shape: [values.length] }],
    raw_output_contents: [Buffer.from(values.buffer)],
  });
export const streamed = (response: Buffer): Buffer => {
  const length = response.length < 128 ? [response.length] : [(response.length & 127) | 128, response.length >> 7];
  return Buffer.concat([Buffer.from([0x12, ...length]), response]);
};
export const final = { triton_final_response: { bool_param: true } };
