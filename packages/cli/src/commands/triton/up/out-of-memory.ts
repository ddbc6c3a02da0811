import { readFile } from 'node:fs/promises';

/** How many processes the kernel has killed for want of memory, in this container or outside of it; 0 where it does not say. */
export async function outOfMemoryKills(): Promise<number> {
  const counters = await readFile('/proc/vmstat', 'utf8').catch(() => '');
  return Number(/^oom_kill (\d+)$/m.exec(counters)?.[1] ?? 0);
}
