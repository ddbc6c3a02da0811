import { readdir, readFile } from 'node:fs/promises';

/** Process ids of a group, by its leader: the server and the processes of its models. */
export async function processesOf(leader: number): Promise<number[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const groups = await Promise.all(ids.map(async (id) => [id, await groupOf(id)] as const));
  return groups.filter(([, group]) => group === leader).map(([id]) => id);
}

/** Bytes that a group's processes have in memory; pages that they share are counted once (proportional set size). */
export async function memoryOf(leader: number): Promise<number> {
  const sizes = await Promise.all((await processesOf(leader)).map(shareOf));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function groupOf(id: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => undefined);
  // Behind the name, which is in brackets and may hold anything: state, parent, group.
  return stat === undefined ? undefined : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
}

async function shareOf(id: number): Promise<number> {
  const rollup = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
}
