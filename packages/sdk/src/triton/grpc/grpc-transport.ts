import type { Transport, TransportOptions } from '../transport.ts';

/** KServe v2 over gRPC. */
export function createGrpcTransport(options: TransportOptions): Transport {
  throw new Error(`not built yet: ${options.url}`);
}
