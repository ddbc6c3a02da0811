import { once } from 'node:events';
import { connect } from 'node:http2';

/** An empty message to a method of Triton that the client does not have; what the server says of it. */
export async function bareGrpc(url: string, method: string): Promise<{ status: number; message: string }> {
  const session = connect(url);
  try {
    const stream = session.request({
      ':method': 'POST',
      ':path': `/inference.GRPCInferenceService/${method}`,
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    let headers: Record<string, unknown> = {};
    // An answer without a body has all in its headers.
    stream.on('response', (sent) => (headers = { ...headers, ...sent }));
    stream.on('trailers', (sent) => (headers = { ...headers, ...sent }));
    stream.resume();
    stream.end(Buffer.alloc(5));
    await once(stream, 'close');
    return { status: Number(headers['grpc-status']), message: decodeURIComponent(String(headers['grpc-message'])) };
  } finally {
    session.close();
  }
}
