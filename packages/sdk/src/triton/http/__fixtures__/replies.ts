/** A whole HTTP message; `content-length` is right unless given. */
export function httpReply(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | Uint8Array = '',
): Buffer {
  const bytes = Buffer.from(body);
  const all = { 'content-length': String(bytes.length), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Whatever\r\n${lines.join('')}\r\n`), bytes]);
}

/** A stream of events, chunked; `end: false` leaves out the last chunk. */
export const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
export const lastChunk = '0\r\n\r\n';
export const streamHead =
  'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ntransfer-encoding: chunked\r\n\r\n';

/** What a model called `m` answers with four floats, binary; changed by `output` and `headers`. */
export function inferReply(
  output: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
  tensor: Uint8Array = new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer),
): Buffer {
  const parameters = { binary_data_size: 16 };
  const outputs = [{ name: 'OUTPUT', datatype: 'FP32', shape: [4], parameters, ...output }];
  const json = Buffer.from(JSON.stringify({ model_name: 'm', model_version: '1', outputs }));
  const all = {
    'content-type': 'application/octet-stream',
    'inference-header-content-length': String(json.length),
    ...headers,
  };
  return httpReply(200, all, Buffer.concat([json, tensor]));
}

/** Metadata of the same model. */
export const metadataReply = httpReply(
  200,
  { 'content-type': 'application/json' },
  JSON.stringify({
    name: 'm',
    versions: ['1'],
    platform: 'python',
    inputs: [{ name: 'INPUT', datatype: 'FP32', shape: [-1] }],
    outputs: [
      { name: 'OUTPUT', datatype: 'FP32', shape: [-1] },
      { name: 'COUNT', datatype: 'INT64', shape: [1] },
    ],
  }),
);

export const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
export const outputEvent = (value: number): string => event({ model_name: 'm', model_version: '1', OUTPUT: value });
