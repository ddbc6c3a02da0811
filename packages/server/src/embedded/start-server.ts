import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chooseAccount } from './account.ts';
import { ensureCluster } from './cluster.ts';
import { type Connection, readConnection, readPostmasterFile, urlAt, writeConnection } from './connection.ts';
import { embeddedError, programFailed } from './embedded-error.ts';
import { freePort } from './free-port.ts';
import { launch } from './launch.ts';
import type { Places } from './places.ts';
import { probe } from './probe.ts';
import { identityOf, isRunning } from './process-identity.ts';
import { findPrograms } from './programs.ts';
import { writeSettings } from './settings.ts';

export interface StartOptions {
  readonly port: number | undefined;
  readonly fast: boolean;
}

/** Starts the server on its data, which is made first where there is none. Only under the lock, and where nothing runs. */
export async function startServer(places: Places, { port, fast }: StartOptions): Promise<Connection> {
  const account = await chooseAccount(places);
  const programs = await findPrograms(places, account);
  await ensureCluster(places, programs, account, fast);
  await dropStaleFile(places);
  for (let tries = 1; ; tries++) {
    const chosen = port ?? (await freePort());
    await writeSettings(places, chosen, fast);
    const { ready, output } = await launch(places, programs, account);
    const running = await readPostmasterFile(places);
    if (ready && running) {
      const url = await urlAt(places, chosen);
      const connection = {
        url,
        server: await identityOf(running.pid),
        pgCtl: programs.pgCtl,
        account: account ?? null,
      };
      await writeConnection(places, connection);
      return connection;
    }
    const failure = retryOf(output);
    if (failure === undefined || tries >= 20) throw programFailed('it does not start', output);
    // Somebody took the port between the look and the start; or what a killed server left has to end first.
    if (failure === 'port' && port !== undefined) throw portTaken(port);
    if (failure === 'leftovers') await wait(500);
  }
}

function retryOf(output: string): 'port' | 'leftovers' | undefined {
  if (/could not bind|Address already in use|could not create any TCP\/IP sockets/i.test(output)) return 'port';
  return /pre-existing shared memory block/i.test(output) ? 'leftovers' : undefined;
}

/**
 * A killed server leaves `postmaster.pid`; Postgres takes it away unless a process of that id runs. Ids are used again, in
 * containers within seconds: where that process is known not to be the server, the file goes.
 */
async function dropStaleFile(places: Places): Promise<void> {
  const left = await readPostmasterFile(places);
  if (!left) return;
  const known = await readConnection(places);
  const wasThat = known?.server.pid === left.pid && !(await isRunning(known.server));
  const command = await readFile(`/proc/${left.pid}/cmdline`, 'utf8').catch(() => undefined);
  const isAnother = command !== undefined && !command.includes(places.data);
  if (wasThat || isAnother) await rm(join(places.data, 'postmaster.pid'), { force: true });
}

/** The server that runs on this data already, if one does. */
export async function findServer(places: Places): Promise<Connection | undefined> {
  const known = await readConnection(places);
  if (known && (await isRunning(known.server)) && (await probe(known.url, places.data)) === 'ours') return known;
  // Whoever started it may have been killed before it could write down how it is reached.
  const running = await readPostmasterFile(places);
  if (!running) return undefined;
  const url = await urlAt(places, running.port).catch(() => undefined);
  if (url === undefined || (await probe(url, places.data)) !== 'ours') return undefined;
  const account = await chooseAccount(places);
  const { pgCtl } = await findPrograms(places, account);
  const found = { url, server: await identityOf(running.pid), pgCtl, account: account ?? null };
  await writeConnection(places, found);
  return found;
}

const portTaken = (port: number) =>
  embeddedError('conflict', `Port ${port} is in use by another program.`, 'Choose another port, or none.', { port });
