// A process that uses the embedded Postgres of a folder: says how it is reached, and stops it when it is asked to end.
import { startEmbeddedPostgres } from '../embedded-postgres.ts';

process.on('SIGINT', () => {});
const postgres = await startEmbeddedPostgres({ folder: process.argv[2] ?? '', fast: true });
console.log(JSON.stringify({ url: postgres.url, pid: postgres.pid, owned: postgres.owned }));
// Holds the process, as a server would.
const holding = setInterval(() => {}, 1000);
process.once('SIGTERM', async () => {
  clearInterval(holding);
  await postgres.stop();
});
