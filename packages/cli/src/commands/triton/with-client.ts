import type { TritonClient } from '@atelier/sdk/triton';
import type { ServerAccess, ServerTarget } from './server-options.ts';

/** Lends a client of one server, and closes it. Loading it takes time, so it comes after everything that can fail fast. */
export async function withClient<Value>(
  { url, transport }: ServerTarget,
  { token, timeoutMs }: ServerAccess,
  work: (client: TritonClient) => Promise<Value>,
): Promise<Value> {
  const { TritonClient } = await import('@atelier/sdk/triton');
  const client = new TritonClient({
    url: { url, grpcUrl: transport === 'grpc' ? url : false },
    transport,
    token,
    timeoutMs,
    // A person waits, and wants to know how it is now.
    retry: { attempts: 1 },
    healthCheckMs: 0,
  });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}
