// A small process beside each one that uses the embedded Postgres. It waits until that one is gone, however it ended, and
// leaves in its stead: a server that nobody uses does not stay. Arguments: the folder, and the mark.
import { setTimeout as wait } from 'node:timers/promises';
import { leave } from './leave.ts';
import { placesIn } from './places.ts';

const [folder = '', mark = ''] = process.argv.slice(2);
process.stdin.resume();
process.stdin.on('error', () => {});
process.stdin.on('close', async () => {
  // What was being started may not have written down yet that it runs.
  await wait(300);
  try {
    await leave(placesIn(folder), mark);
  } catch {
    process.exitCode = 1;
  }
});
