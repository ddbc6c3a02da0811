import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { createTriton } from '../create-triton.ts';
import type { TritonProvider, TritonProviderSettings } from '../triton-provider.ts';

/** A provider on the server of the tests. */
export const providerOfTests = (settings: Partial<TritonProviderSettings> = {}): TritonProvider => {
  const { url, grpcUrl } = inject('triton');
  return createTriton({ url, grpcUrl, ...settings });
};

/** The headers of the last call of a recording model, which Triton hands on as request parameters. */
export async function recordedHeaders(model: string): Promise<Record<string, string>> {
  // Written by the model's process, whose parent is the server.
  return JSON.parse(await readFile(join(tmpdir(), `atelier-${inject('triton').pid}-${model}.json`), 'utf8'));
}

/** A server that answers every request with this status, and counts them. */
export async function failingServer(
  status: number,
): Promise<{ readonly url: string; received(): number; close(): Promise<void> }> {
  let received = 0;
  const server = createServer((request, response) => {
    received += 1;
    request.resume();
    response.writeHead(status, { 'content-type': 'application/json' }).end('{"error":"the test says so"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // It listens on a port, so it has one.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received: () => received,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A gRPC server that answers every call with UNAVAILABLE. */
export async function busyGrpcServer(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createHttp2Server();
  const sessions = new Set<{ destroy(): void }>();
  server.on('session', (session) => sessions.add(session));
  server.on('stream', (stream) => {
    const headers = { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '14', 'grpc-message': 'busy' };
    stream.respond(headers, { endStream: true });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // It listens on a port, so it has one.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      for (const session of sessions) session.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
