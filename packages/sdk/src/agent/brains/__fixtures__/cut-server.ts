import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Reply, Wire } from './wire.ts';

/** How a connection ends: as it should, cleanly but too early, or with a reset. */
export type Ending = 'whole' | 'early' | 'reset';

export interface Stream {
  readonly reply: Reply;
  readonly ending: Ending;
  /** The last event that is sent where the ending is not `whole`: the first that holds this text; none without a text. */
  readonly upTo?: string;
}

/** A real server on loopback that speaks a wire and hangs up when its script says so. */
export async function cutServer(wire: Wire, script: readonly Stream[]) {
  let calls = 0;
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const number = calls++;
      const stream = script[number];
      if (stream) send(wire, stream, number, response);
      else response.writeHead(400).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo;
  const toServer: typeof fetch = (_url, init) => fetch(`http://127.0.0.1:${port}/`, init);
  return {
    fetch: toServer,
    get calls() {
      return calls;
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

function send(wire: Wire, { reply, ending, upTo }: Stream, number: number, response: ServerResponse): void {
  const all = wire.stream(reply, number);
  const last = upTo === undefined ? -1 : all.findIndex((event) => event.includes(upTo));
  const events = ending === 'whole' ? all : all.slice(0, last + 1);
  response.writeHead(200, { 'content-type': 'text/event-stream', connection: 'close' });
  response.flushHeaders();
  for (const event of events) response.write(event);
  if (ending !== 'reset') response.end();
  // The bytes must have left before the reset, or it would come before any content.
  else setTimeout(() => response.socket?.resetAndDestroy(), 30);
}
