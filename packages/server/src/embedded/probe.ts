import { realpath } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

/** Whether the server at the URL is the one of this data; `away`: nothing answers there, or another server. */
export async function probe(url: string, data: string, mostMs = 60_000): Promise<'ours' | 'away'> {
  const deadline = performance.now() + mostMs;
  for (;;) {
    const answer = await ask(url, data);
    if (answer !== 'starting' || performance.now() > deadline) return answer === 'ours' ? 'ours' : 'away';
    await wait(100);
  }
}

async function ask(url: string, data: string): Promise<'ours' | 'away' | 'starting'> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000, query_timeout: 5000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    const [shown, wanted] = await Promise.all([rows[0]?.data_directory ?? '', data].map(real));
    return shown === wanted ? 'ours' : 'away';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // Too many connections: it took our password before it said so.
    if (code === '53300') return 'ours';
    return code === '57P03' ? 'starting' : 'away';
  } finally {
    await client.end().catch(() => {});
  }
}

const real = (path: string): Promise<string> => realpath(path).catch(() => path);
