import { type Tensor, TritonClient } from '@atelier/sdk/triton';
import type { Payload } from '../payloads.ts';
import type { NodeClient } from './node-client.ts';

/** Our client as its users call it. */
export function ours(transport: 'http' | 'grpc', url: string, grpcUrl: string): NodeClient {
  const client = new TritonClient({ url, grpcUrl, transport });
  return {
    prepare(payload, bytes) {
      const tensor = tensorOf(payload, bytes);
      const run = async () => {
        const response = await client.infer({ model: payload.model, inputs: { TENSOR: tensor }, outputs: ['TENSOR'] });
        return response.outputs.TENSOR;
      };
      return { run, bytes: async () => bytesOf(await run()) };
    },
    close: () => client.close(),
  };
}

function tensorOf(payload: Payload, bytes: Uint8Array<ArrayBuffer>): Tensor {
  if (payload.datatype === 'BYTES') return { datatype: 'BYTES', shape: [1], data: [bytes] };
  const data = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  return { datatype: 'FP32', shape: [data.length], data };
}

function bytesOf(tensor: Tensor | undefined): Uint8Array {
  if (tensor?.datatype === 'BYTES') return tensor.data[0] ?? new Uint8Array();
  if (tensor?.datatype !== 'FP32') throw new Error('The reply has no tensor TENSOR.');
  return new Uint8Array(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength);
}
