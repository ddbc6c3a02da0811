import { rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { readConnection } from './connection.ts';
import { programFailed } from './embedded-error.ts';
import type { Places } from './places.ts';
import { isRunning } from './process-identity.ts';
import { runProgram } from './run-program.ts';

/** Stops the server that runs on this data, if one does, and waits until its process is gone. Only under the lock. */
export async function stopServer(places: Places): Promise<void> {
  const connection = await readConnection(places);
  if (connection && (await isRunning(connection.server))) {
    const { pgCtl, account, server } = connection;
    let said = '';
    // `fast` ends sessions and writes everything out; `immediate` is for a server that no longer reacts.
    for (const mode of ['fast', 'immediate']) {
      const args = ['stop', '-D', places.data, '-m', mode, '-w', '-t', '30', '-s'];
      const { output } = await runProgram(pgCtl, args, { account: account ?? undefined, cwd: places.cluster });
      said = output;
      if (await isGone(server)) break;
    }
    if (!(await isGone(server))) throw programFailed('it does not stop', said);
  }
  await rm(places.connection, { force: true });
}

async function isGone(server: Parameters<typeof isRunning>[0]): Promise<boolean> {
  for (let tries = 0; tries < 100; tries++) {
    if (!(await isRunning(server))) return true;
    await wait(20);
  }
  return false;
}
