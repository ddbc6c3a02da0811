import { once } from 'node:events';
import { createServer } from 'node:net';
import { SetupError } from '../../../setup-error.ts';
import type { Ports } from './up-options.ts';
import type { UpWords } from './words.ts';

/** Throws `port-unavailable` for the first port that cannot be listened on, before anything is fetched or started. */
export async function checkPorts(ports: Ports, host: string, words: UpWords): Promise<void> {
  for (const [name, port] of Object.entries(ports)) {
    const code = await whyNot(port, host);
    if (code === undefined) continue;
    const details = { host, port };
    if (code === 'EADDRNOTAVAIL') {
      throw new SetupError({
        code: 'port-unavailable',
        message: words.noAddress(host),
        hint: words.useLoopback,
        details,
      });
    }
    const message = code === 'EACCES' ? words.portClosed(port) : words.portTaken(port);
    throw portUnavailable({ message, name, port, host, words });
  }
}

interface Unavailable {
  readonly message: string;
  /** Of `Ports`. */
  readonly name: string;
  readonly port: number;
  readonly host: string;
  readonly words: UpWords;
  readonly cause?: unknown;
}

/** With the option that moves it. */
export function portUnavailable({ message, name, port, host, words, cause }: Unavailable): SetupError {
  // Those that follow the port of HTTP are moved with it.
  const hint = words.anotherPort(`--${name}-port`, port < 55_000 ? port + 1000 : port - 1000);
  return new SetupError({ code: 'port-unavailable', message, hint, details: { host, port }, cause });
}

async function whyNot(port: number, host: string): Promise<string | undefined> {
  const server = createServer();
  server.listen(port, host);
  try {
    await once(server, 'listening');
    return undefined;
  } catch (cause) {
    return cause instanceof Error && 'code' in cause ? String(cause.code) : 'EADDRINUSE';
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}
