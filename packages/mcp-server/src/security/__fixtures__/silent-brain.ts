import { createServer } from 'node:http';

/** A brain that takes every question and never answers, so that whoever stops asking is seen. */
export interface SilentBrain {
  readonly url: string;
  /** Requests that came, and those whose asker has gone. */
  readonly asked: readonly string[];
  readonly left: readonly string[];
  close(): Promise<void>;
}

export async function silentBrain(): Promise<SilentBrain> {
  const [asked, left]: [string[], string[]] = [[], []];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => asked.push(Buffer.concat(chunks).toString()));
    response.on('close', () => left.push(request.url ?? ''));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    asked,
    left,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
