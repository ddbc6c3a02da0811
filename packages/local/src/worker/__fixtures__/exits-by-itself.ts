// Run as a program of its own: leaves a thread idle behind and must end all the same.
import { createPool } from '../pool.ts';

const pool = createPool<'thread' | 'print'>({
  size: 2,
  entry: {
    url: new URL('./test-worker.ts', import.meta.url),
    execArgv: ['--conditions=atelier-source'],
    heapLimit: 64,
  },
});
await pool.run('print', undefined);
const thread = await pool.run('thread', undefined);
console.log(`ran in thread ${thread}`);
