import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** One request as it arrived. */
export interface FakeRequest {
  readonly socket: Socket;
  /** `POST /v2/models/m/infer`. */
  readonly line: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** From 1, over all connections. */
  readonly number: number;
}

/** A server of plain sockets, for faults that a real one cannot be made to show. */
export interface FakeServer {
  readonly url: string;
  /** Connections open now. */
  readonly open: number;
  /** Connections that there ever were. */
  readonly total: number;
  readonly requests: number;
  /** Ends the server's side of every connection. */
  closeIdle(): void;
  /** Resolves when no connection is open; rejects after two seconds. */
  untilNoneOpen(): Promise<void>;
  close(): Promise<void>;
}

/** `answer` is called when a request is there with its whole body; `onHead` as soon as its head is. */
export async function startFakeServer(
  answer: (request: FakeRequest) => void,
  onHead?: (socket: Socket) => void,
  make: (onSocket: (socket: Socket) => void) => Server = (onSocket) => createServer(onSocket),
): Promise<FakeServer> {
  const sockets = new Set<Socket>();
  let total = 0;
  let requests = 0;
  const server = make((socket) => {
    total++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // Clients that go away in the middle are what is tested.
    socket.on('error', () => {});
    readRequests(socket, onHead, (request) => answer({ ...request, socket, number: ++requests }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server that listens has an address with a port.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    get open() {
      return sockets.size;
    },
    get total() {
      return total;
    },
    get requests() {
      return requests;
    },
    closeIdle() {
      for (const socket of sockets) socket.end();
    },
    async untilNoneOpen() {
      const until = performance.now() + 2_000;
      while (sockets.size > 0) {
        if (performance.now() > until) throw new Error(`${sockets.size} connections are still open`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Parsed = Omit<FakeRequest, 'socket' | 'number'>;

function readRequests(
  socket: Socket,
  onHead: ((socket: Socket) => void) | undefined,
  onRequest: (request: Parsed) => void,
) {
  let bytes = Buffer.alloc(0);
  let head: { line: string; headers: Record<string, string> } | undefined;
  socket.on('data', (chunk) => {
    bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
    for (;;) {
      if (!head) {
        const end = bytes.indexOf('\r\n\r\n');
        if (end < 0) return;
        head = parseHead(bytes.toString('latin1', 0, end));
        bytes = bytes.subarray(end + 4);
        onHead?.(socket);
      }
      const length = Number(head.headers['content-length'] ?? 0);
      if (bytes.length < length) return;
      const request = { ...head, body: bytes.subarray(0, length) };
      bytes = bytes.subarray(length);
      head = undefined;
      onRequest(request);
    }
  });
}

function parseHead(text: string): { line: string; headers: Record<string, string> } {
  const [first = '', ...lines] = text.split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { line: first.replace(/ HTTP\/1\.1$/, ''), headers: Object.fromEntries(headers) };
}
