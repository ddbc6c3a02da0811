import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Turn = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export interface UnsteadyServer {
  readonly url: string;
  /** `METHOD /path` of every request, in order. */
  readonly seen: readonly string[];
  readonly requests: readonly { readonly headers: IncomingMessage['headers']; readonly body: string }[];
  /** Connections that are open. */
  open(): number;
  close(): Promise<void>;
}

/** A server on loopback whose answers are given one after the other, whatever is asked; the last one stays. */
export async function unsteadyServer(turns: readonly Turn[]): Promise<UnsteadyServer> {
  const seen: string[] = [];
  const requests: { headers: IncomingMessage['headers']; body: string }[] = [];
  let open = 0;
  const server = createServer(async (request, response) => {
    const turn = turns[Math.min(seen.length, turns.length - 1)];
    seen.push(`${request.method} ${request.url}`);
    open++;
    response.on('close', () => open--);
    requests.push({ headers: request.headers, body: Buffer.concat(await request.toArray()).toString() });
    await turn?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has one.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    requests,
    open: () => open,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const head = { at: '2026-01-01T00:00:00.000Z', stage: 'detect', progress: 1, message: 'At work' } as const;

/** A stored event of the wire: the last of `count` is the final one. */
const frame = (seq: number, count: number): string => {
  const status = seq === count ? 'cancelled' : 'queued';
  const rest = seq === count ? { outputImage: null, output_image_url: null, edits: [] } : {};
  return `id: ${seq}\nevent: ${status}\ndata: ${JSON.stringify({ ...head, seq, status, ...rest })}\n\n`;
};

export const live = (text: string, after: number): string =>
  `event: token\ndata: ${JSON.stringify({ status: 'token', text, after })}\n\n`;

/** Events as a stream, from the seq that is asked for or from `from`, up to `to`; then the connection ends, breaks or stays. */
export const events =
  (count: number, part: { from?: number; to?: number; before?: string; last?: 'end' | 'break' | 'stay' } = {}): Turn =>
  async (request, response) => {
    const after = Number(new URL(request.url ?? '', 'http://x').searchParams.get('after'));
    const { from = after + 1, to = count, before = '', last = 'end' } = part;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`retry: 1000\n\n${before}`);
    for (let seq = from; seq <= to; seq++) {
      // In two pieces, as networks do.
      const text = frame(seq, count);
      response.write(text.slice(0, 20));
      await new Promise((resolve) => setTimeout(resolve, 1));
      response.write(text.slice(20));
    }
    if (last === 'end') response.end();
    if (last === 'break') setTimeout(() => response.destroy(), 10);
  };

export const json =
  (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Turn =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };

export const cut: Turn = (request) => void request.socket.destroy();
