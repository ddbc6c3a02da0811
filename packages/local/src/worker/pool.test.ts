import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { AtelierError } from '@atelier/sdk';
import { afterEach, describe, expect, it } from 'vitest';
import type { testTasks } from './__fixtures__/test-tasks.ts';
import { createPool, createWorkerPool, type WorkerPool } from './pool.ts';
import { workerEntry } from './worker-entry.ts';

type TestPool = WorkerPool<keyof typeof testTasks>;

const entry = {
  url: new URL('./__fixtures__/test-worker.ts', import.meta.url),
  execArgv: ['--conditions=atelier-source'],
  heapLimit: 64,
};
const pools: TestPool[] = [];

function openPool(size: number): TestPool {
  const pool: TestPool = createPool({ size, entry });
  pools.push(pool);
  return pool;
}

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.fail('the run should have failed'),
    (error: unknown) => error,
  );

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

describe('running', () => {
  it('starts no thread before the first run', async () => {
    const created: unknown[] = [];
    const onWorker = (worker: unknown) => created.push(worker);
    process.on('worker', onWorker);
    const pool = openPool(2);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(created).toHaveLength(0);
    await pool.run('thread', undefined);
    expect(created).toHaveLength(1);
    process.off('worker', onWorker);
  });

  it('runs as many jobs side by side as it has threads, the rest in order', async () => {
    const pool = openPool(2);
    const finished: number[] = [];
    // One thread stays busy until the other has done the rest: which of two idle threads ends first is nobody's order.
    const runs = [300, 1500, 1, 1].map(async (milliseconds, index) => {
      const thread = await pool.run<number, number>('wait', milliseconds);
      finished.push(index);
      return thread;
    });
    const threads = await Promise.all(runs);
    expect(threads[0]).not.toBe(threads[1]);
    expect(new Set(threads).size).toBe(2);
    expect(finished).toEqual([0, 2, 3, 1]);
  });

  it('gives a task to the thread that has run it before', async () => {
    const pool = openPool(2);
    const [first, second] = await Promise.all([
      pool.run<unknown, number>('thread', undefined),
      pool.run<unknown, number>('other', undefined),
    ]);
    expect(first).not.toBe(second);
    expect(await pool.run('other', undefined)).toBe(second);
    expect(await pool.run('thread', undefined)).toBe(first);
    expect(await pool.run('other', undefined)).toBe(second);
  });

  it('hands buffers over in both directions', async () => {
    const data = new Uint8Array([1, 2, 3]);
    const output = await openPool(1).run<{ data: Uint8Array }, { nested: { data: Uint8Array }[] }>(
      'double',
      { data },
      { transfer: [data.buffer] },
    );
    expect(data.byteLength).toBe(0);
    expect(output.nested[0]?.data).toEqual(new Uint8Array([2, 4, 6]));
  });

  it('never lets progress fall or leave 0..1', async () => {
    const seen: number[] = [];
    await openPool(1).run('progress', [0.2, 0.1, Number.NaN, 0.5, 0.5, 7, 0.9], {
      progress: (value) => seen.push(value),
    });
    expect(seen).toEqual([0.2, 0.5, 1]);
  });

  it('rejects sizes that are not whole and positive', () => {
    expect(() => createWorkerPool({ size: 0 })).toThrow(AtelierError);
    expect(() => createWorkerPool({ size: 1.5 })).toThrow(AtelierError);
  });
});

describe('aborting', () => {
  it('does nothing for a signal that is already aborted', async () => {
    const reason = new Error('too late');
    expect(await failure(openPool(1).run('thread', undefined, { signal: AbortSignal.abort(reason) }))).toBe(reason);
  });

  it('drops queued work and leaves the running job alone', async () => {
    const pool = openPool(1);
    const running = pool.run<number, number>('wait', 200);
    const controller = new AbortController();
    const data = new Uint8Array(4);
    const queued = pool.run('double', { data }, { signal: controller.signal, transfer: [data.buffer] });
    const reason = new Error('not needed');
    controller.abort(reason);
    expect(await failure(queued)).toBe(reason);
    expect(data.byteLength).toBe(4);
    expect(await running).toBe(await pool.run('thread', undefined));
  });

  it('kills a busy loop at once and serves the next job', async () => {
    const pool = openPool(1);
    const before = await pool.run('thread', undefined);
    const controller = new AbortController();
    const reason = new Error('stop');
    let abortedAt = 0;
    const spinning = pool.run('spin', undefined, {
      signal: controller.signal,
      progress: () => {
        abortedAt = performance.now();
        controller.abort(reason);
      },
    });
    expect(await failure(spinning)).toBe(reason);
    expect(performance.now() - abortedAt).toBeLessThan(100);
    expect(await pool.run('thread', undefined)).not.toBe(before);
    expect(performance.now() - abortedAt).toBeLessThan(10_000);
  });

  it('fails the run when its progress listener throws', async () => {
    const pool = openPool(1);
    const thrown = new Error('listener');
    const run = pool.run('spin', undefined, {
      progress: () => {
        throw thrown;
      },
    });
    expect(await failure(run)).toBe(thrown);
    expect(await pool.run('thread', undefined)).toBeTypeOf('number');
  });
});

describe('failing', () => {
  it.each(['exit', 'throwLater', 'fillHeap'] as const)('isolates a thread that dies by %s', async (task) => {
    const pool = openPool(2);
    const bystander = pool.run('wait', 300);
    const error = await failure(pool.run(task, undefined));
    expect(error).toMatchObject({ code: 'backend-failed', isRetryable: true, details: { task } });
    expect(AtelierError.isInstance(error)).toBe(true);
    expect(await bystander).toBeTypeOf('number');
    expect(await pool.run('thread', undefined)).toBeTypeOf('number');
  });

  it('keeps code, message, hint and details of an AtelierError', async () => {
    const error = await failure(openPool(1).run('failKnown', undefined));
    expect(AtelierError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({
      code: 'mask-invalid',
      message: 'the mask is empty',
      hint: 'draw one',
      isRetryable: true,
      details: { area: 0 },
    });
  });

  it('wraps any other error and keeps the thread', async () => {
    const pool = openPool(1);
    const before = await pool.run('thread', undefined);
    const error = await failure(pool.run('failUnknown', undefined));
    expect(error).toMatchObject({ code: 'backend-failed', isRetryable: false, cause: { name: 'TypeError' } });
    expect(await pool.run('thread', undefined)).toBe(before);
  });

  it('rejects an input that cannot be cloned and keeps the thread', async () => {
    const pool = openPool(1);
    const before = await pool.run('thread', undefined);
    expect(await failure(pool.run('thread', () => 1))).toMatchObject({ name: 'DataCloneError' });
    expect(await pool.run('thread', undefined)).toBe(before);
  });
});

describe('ending', () => {
  it('rejects what runs and waits on close, and starts again', async () => {
    const pool = openPool(1);
    const running = failure(pool.run('spin', undefined));
    const queued = failure(pool.run('thread', undefined));
    await pool.close();
    expect(await running).toMatchObject({ code: 'cancelled' });
    expect(await queued).toMatchObject({ code: 'cancelled' });
    expect(await pool.run('thread', undefined)).toBeTypeOf('number');
  });

  it('lets the process exit by itself and keeps its stdout clean', async () => {
    const program = fileURLToPath(new URL('./__fixtures__/exits-by-itself.ts', import.meta.url));
    const child = spawn(process.execPath, ['--conditions=atelier-source', program], { timeout: 20_000 });
    let stdout = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    const [code] = await once(child, 'close');
    expect({ code, stdout: stdout.replace(/\d+/, 'N') }).toEqual({ code: 0, stdout: 'ran in thread N\n' });
  });
});

describe('workerEntry', () => {
  it('finds worker.js beside a built file and worker.ts beside the source', () => {
    expect(workerEntry('file:///app/dist/index.js')).toEqual({
      url: new URL('file:///app/dist/worker.js'),
      execArgv: [],
      heapLimit: 1024,
    });
    expect(workerEntry().url.href).toMatch(/src\/worker\/worker\.ts$/);
    expect(workerEntry().execArgv).toEqual(['--conditions=atelier-source']);
  });
});
