import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A TCP proxy in this process that notes when a piece of text came from the server, before it passes it on. */
export interface Tap {
  /** Origin to give to the client. */
  readonly url: string;
  /** When these bytes had arrived whole, by `performance.now()`. */
  seen(text: string): number | undefined;
  close(): Promise<void>;
}

interface Arrival {
  readonly text: string;
  readonly at: number;
}

/** @param server origin behind the tap. */
export async function openTap(server: string): Promise<Tap> {
  const target = new URL(server);
  const arrivals: Arrival[] = [];
  const sockets = new Set<Socket>();
  const proxy = createServer({ noDelay: true }, (near) => {
    const far = connect({ host: target.hostname, port: Number(target.port), noDelay: true });
    for (const socket of [near, far]) {
      sockets.add(socket);
      // Either end may break off; then the other one ends too.
      socket
        .on('error', () => {})
        .on('close', () => {
          sockets.delete(socket);
          near.destroy();
          far.destroy();
        });
    }
    far.on('data', (bytes: Buffer) => {
      arrivals.push({ at: performance.now(), text: bytes.toString('latin1') });
      near.write(bytes);
    });
    near.on('data', (bytes: Buffer) => far.write(bytes));
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  // A TCP server that listens has an address with a port; the other forms are pipes and closed servers.
  const { port } = proxy.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen: (text) => arrivals.find((arrival) => arrival.text.includes(text))?.at,
    async close() {
      const closed = once(proxy, 'close');
      proxy.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
