import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const python = fileURLToPath(new URL('../../../../../.venv/bin/python', import.meta.url));

/** A server that speaks S3 (moto), empty. */
export interface Moto {
  readonly url: string;
  readonly port: number;
  /** SIGKILL, as a machine that fails would do it. */
  stop(): Promise<void>;
}

export async function startMoto(port?: number): Promise<Moto> {
  const chosen = port ?? (await freePort());
  const server = spawn(python, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(chosen)], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${chosen}`;
  await answering(url, server);
  return {
    url,
    port: chosen,
    async stop() {
      if (server.exitCode !== null || server.signalCode !== null) return;
      server.kill('SIGKILL');
      await once(server, 'exit');
    },
  };
}

async function answering(url: string, server: ChildProcess): Promise<void> {
  for (const end = performance.now() + 60_000; performance.now() < end; await delay(50)) {
    if (server.exitCode !== null) throw new Error(`moto ended with ${server.exitCode}`);
    const answered = await fetch(`${url}/moto-api/`).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return;
  }
  server.kill('SIGKILL');
  throw new Error('moto does not answer');
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
