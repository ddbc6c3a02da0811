import type { Transport, TransportOptions } from '../transport.ts';

/** KServe v2 over HTTP/1.1. */
export function createHttpTransport(options: TransportOptions): Transport {
  throw new Error(`not built yet: ${options.url}`);
}
