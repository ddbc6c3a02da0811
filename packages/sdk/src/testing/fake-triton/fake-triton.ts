import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { AtelierError } from '../../errors/atelier-error.ts';
import type { InferRequest } from '../../triton/wire/tensor.ts';
import type { FakeModel } from './fake-model.ts';
import { Refusal } from './refusal.ts';
import { route } from './routes.ts';

export interface FakeTritonOptions {
  /** By name. */
  readonly models: Readonly<Record<string, FakeModel>>;
}

/** A running fake. `await using triton = await fakeTriton(...)` closes it at the end of the block. */
export interface FakeTriton extends AsyncDisposable {
  /** `http://127.0.0.1:<a free port>`. There is no gRPC: give clients `grpcUrl: false`. */
  readonly url: string;
  /** Every request that reached a model, in order. */
  readonly requests: readonly InferRequest[];
  /** How many requests reached one model. */
  calls(model: string): number;
  /** Ends open connections and frees the port. Closing twice is fine. */
  close(): Promise<void>;
}

/**
 * A small Triton inside the test, without Python: KServe v2 over HTTP on the loopback address, for models that are
 * functions. It has metadata, configuration, readiness, the repository index, `/infer` (JSON, binary and raw) and
 * `/generate_stream`, and answers as Triton 2.51 does, errors included. It has no gRPC, statistics or model control,
 * never batches, and its sentences about broken bodies are its own.
 * Throws `invalid-input` for models that could not be there.
 */
export async function fakeTriton(options: FakeTritonOptions): Promise<FakeTriton> {
  const { models } = options;
  for (const name of Object.keys(models)) checkName(name);
  const requests: InferRequest[] = [];
  const server = createServer((request, response) => {
    route(request, response, models, (received) => requests.push(received)).catch((error: unknown) => {
      request.resume();
      refuse(response, error);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.');
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
    return closing;
  };
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    calls: (model) => requests.filter((request) => request.model === model).length,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function checkName(name: string): void {
  if (/^[\w.-]+$/.test(name)) return;
  const hint = 'Use letters, digits, `_`, `-` and `.`: names are parts of a path, which Triton does not decode.';
  throw new AtelierError({ code: 'invalid-input', message: `A model cannot be called "${name}".`, hint });
}

function refuse(response: ServerResponse, error: unknown): void {
  // Too late for a status: the connection breaks, as it does where a server dies.
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const isRefusal = error instanceof Refusal;
  const text = isRefusal
    ? error.message
    : `fake Triton failed: ${error instanceof Error ? error.stack : String(error)}`;
  const body = Buffer.from(JSON.stringify({ error: text }));
  const contentType = isRefusal ? error.contentType : 'application/json';
  response.writeHead(isRefusal ? error.status : 500, {
    'content-type': contentType,
    'content-length': body.byteLength,
  });
  response.end(body);
}
