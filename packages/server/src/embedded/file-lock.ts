import { setTimeout as wait } from 'node:timers/promises';
import { AtelierError } from '@atelier/sdk/errors';
import { livingMarks, putMark } from './marks.ts';

const pollMs = 20;

/**
 * Runs `work` while no other process on this folder runs its own. Each puts a mark and then looks at all of them: of two that
 * begin at once at least one sees the other, and whoever sees another does not begin. The first by name waits for those that
 * step back, so one of them gets through. Marks of killed processes do not count. Throws `conflict` after `mostMs`.
 */
export async function withLock<Value>(folder: string, work: () => Promise<Value>, mostMs = 120_000): Promise<Value> {
  const deadline = performance.now() + mostMs;
  for (;;) {
    const mark = await putMark(folder);
    try {
      for (;;) {
        const [first, second] = await livingMarks(folder);
        if (first === mark.name && second === undefined) return await work();
        if (performance.now() > deadline) throw busy(folder);
        if (first !== mark.name) break;
        await wait(pollMs);
      }
    } finally {
      await mark.remove();
    }
    await wait(pollMs + Math.random() * 4 * pollMs);
  }
}

const busy = (folder: string): AtelierError =>
  new AtelierError({
    code: 'conflict',
    message: 'Another process has been starting or stopping the embedded Postgres for too long.',
    hint: 'Try again. If this stays, end the other processes that use this folder.',
    details: { folder },
    isRetryable: true,
  });
