import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below what Linux gives to outgoing connections and to servers that ask for any port, so that those do not take one meanwhile. */
const range = { from: 15_000, to: 32_000 } as const;
const mostTries = 200;

/** Different ports that nobody listens on at this moment, chosen at random. */
export async function freePorts(count: number, host = '127.0.0.1'): Promise<number[]> {
  const ports = new Set<number>();
  for (let tries = 0; ports.size < count; tries += 1) {
    if (tries === mostTries) throw new Error(`No ${count} free ports were found from ${range.from} to ${range.to}.`);
    const port = randomInt(range.from, range.to);
    if (!ports.has(port) && (await isFree(port, host))) ports.add(port);
  }
  return [...ports];
}

async function isFree(port: number, host: string): Promise<boolean> {
  const server = createServer();
  server.listen(port, host);
  try {
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}
