import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';

/** A process, told from later ones of the same id where the system says when it began (Linux, in /proc). */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** Boot and time of its start; null where the system does not say. */
  readonly started: string | null;
}

export const identityOf = async (pid: number): Promise<ProcessIdentity> => ({
  pid,
  host: hostname(),
  started: await startOf(pid),
});

/** Whether this very process runs, on this machine. What has ended and was not waited for by its parent does not run. */
export async function isRunning({ pid, host, started }: ProcessIdentity): Promise<boolean> {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const now = await startOf(pid);
  return now !== ended && (started === null || now === started);
}

/** Undefined where what is written is no identity, such as a file that a power cut left empty. */
export function parseIdentity(value: unknown): ProcessIdentity | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { pid, host, started }: Partial<Record<keyof ProcessIdentity, unknown>> = value;
  if (typeof pid !== 'number' || !Number.isInteger(pid) || pid <= 0 || typeof host !== 'string') return undefined;
  return { pid, host, started: typeof started === 'string' ? started : null };
}

const ended = 'ended';

async function startOf(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) return null;
  // The second field, the program's name in brackets, may hold anything. State is the 3rd, the start the 22nd (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return ended;
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  return `${boot.trim()}:${fields[19]}`;
}
