import { readFile } from 'node:fs/promises';

/**
 * When a process began, as the system counts it, together with the boot it belongs to: tells a process from a later one of the
 * same id. Null where the system does not say (only Linux does, in /proc).
 */
export async function processStart(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) return null;
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  // The second field, the program's name in brackets, may hold anything; start time is the 22nd (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return `${boot.trim()}:${fields[19]}`;
}
