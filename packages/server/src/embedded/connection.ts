import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { superuser } from './cluster.ts';
import type { Places } from './places.ts';
import { type ProcessIdentity, parseIdentity } from './process-identity.ts';
import type { Account } from './run-program.ts';

/** The running server: `connection.json`, readable by its owner alone. */
export interface Connection {
  /** With the password. */
  readonly url: string;
  readonly server: ProcessIdentity;
  /** What stops it, for a process that did not start it. */
  readonly pgCtl: string;
  readonly account: Account | null;
}

/** Undefined where nothing runs as far as this file knows. It is only ever a hint: the server may be gone. */
export async function readConnection(places: Places): Promise<Connection | undefined> {
  try {
    const value: Partial<Connection> = JSON.parse(await readFile(places.connection, 'utf8'));
    const server = parseIdentity(value.server);
    const { url, pgCtl, account } = value;
    if (!server || typeof url !== 'string' || typeof pgCtl !== 'string') return undefined;
    return { url, server, pgCtl, account: account ?? null };
  } catch {
    return undefined;
  }
}

export async function writeConnection(places: Places, connection: Connection): Promise<void> {
  const aside = `${places.connection}.${randomUUID()}.tmp`;
  try {
    await writeFile(aside, `${JSON.stringify(connection)}\n`, { mode: 0o600, flag: 'wx' });
    await rename(aside, places.connection);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}

/** The server's own note about itself: its process and port. Undefined where it does not run and was stopped in order. */
export async function readPostmasterFile(places: Places): Promise<{ pid: number; port: number } | undefined> {
  const text = await readFile(join(places.data, 'postmaster.pid'), 'utf8').catch(() => undefined);
  const [pid, , , port] = (text ?? '').split('\n').map(Number);
  return pid && pid > 0 && port && port > 0 ? { pid, port } : undefined;
}

export async function urlAt(places: Places, port: number): Promise<string> {
  const password = (await readFile(places.password, 'utf8')).trim();
  return `postgres://${superuser}:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;
}
