import { Pool } from 'undici';
import type { Payload } from '../payloads.ts';
import type { NodeClient } from './node-client.ts';

const oneBufferBelow = 64 * 1024;

/**
 * The least that a client over HTTP could do: header and headers built once, nothing checked but the status, the reply
 * taken as one buffer and not read.
 */
export function bareUndici(url: string): NodeClient {
  const pool = new Pool(url, { connections: 64 });
  return {
    prepare(payload, bytes) {
      const { headers, body } = prebuilt(payload, bytes);
      const path = `/v2/models/${payload.model}/infer`;
      const send = async () => {
        const response = await pool.request({ method: 'POST', path, headers, body });
        if (response.statusCode !== 200) throw new Error(await response.body.text());
        return { response, buffer: await response.body.arrayBuffer() };
      };
      return {
        run: send,
        async bytes() {
          const { response, buffer } = await send();
          const header = Number(response.headers['inference-header-content-length']);
          return new Uint8Array(buffer, header + (payload.datatype === 'BYTES' ? 4 : 0));
        },
      };
    },
    close: () => pool.close(),
  };
}

function prebuilt(payload: Payload, bytes: Uint8Array) {
  const isBytes = payload.datatype === 'BYTES';
  const length = Buffer.alloc(isBytes ? 4 : 0);
  if (isBytes) length.writeUInt32LE(bytes.length);
  const json = JSON.stringify({
    inputs: [
      {
        name: 'TENSOR',
        datatype: payload.datatype,
        shape: [isBytes ? 1 : bytes.length / 4],
        parameters: { binary_data_size: length.length + bytes.length },
      },
    ],
    outputs: [{ name: 'TENSOR', parameters: { binary_data: true } }],
  });
  const head = Buffer.concat([Buffer.from(json), length]);
  const headers = {
    'content-type': 'application/octet-stream',
    'inference-header-content-length': String(json.length),
    'content-length': String(head.length + bytes.length),
  };
  // Below 64 KiB one buffer is faster, above it parts are: the rival gets the better one.
  const whole = bytes.length < oneBufferBelow ? Buffer.concat([head, bytes]) : undefined;
  // undici takes any iterable of bytes; its types name only some of them.
  const parts = [head, bytes] as unknown as Uint8Array;
  return { headers, body: whole ?? parts };
}
