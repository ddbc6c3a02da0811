import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = promisify(execFile);

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

async function processes(): Promise<Process[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,command='], { maxBuffer: 1 << 26 });
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, command] = /^ *(\d+) +(\d+) (.*)$/.exec(line) ?? [];
    return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
}

/** The process, those it started, and those that name the folder. */
async function familyOf(pid: number, folder: string): Promise<Process[]> {
  const all = await processes();
  const family = new Set([pid]);
  for (let before = -1; before !== family.size; ) {
    before = family.size;
    for (const one of all) if (family.has(one.parent)) family.add(one.pid);
  }
  return all.filter((one) => family.has(one.pid) || one.command.includes(folder));
}

it('npm start edits the sample, serves with a Postgres of its own, and leaves no process behind at Ctrl-C', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'atelier-start-'));
  // Under root Postgres runs as another account, which has to get there.
  await chmod(folder, 0o711);
  const { NODE_OPTIONS: _options, ...inherited } = process.env;
  const env = { ...inherited, ATELIER_PORT: '0', ATELIER_DIR: folder, ATELIER_HOST: '', DATABASE_URL: '' };
  const child = spawn(process.execPath, ['scripts/start.mjs'], { cwd: root, env, detached: true });
  const ended = once(child, 'exit');
  try {
    let told = '';
    child.stderr.on('data', (chunk) => {
      told += chunk;
    });
    for await (const chunk of child.stdout) {
      told += chunk;
      if (told.includes('Ctrl-C')) break;
    }
    expect(told).toMatch(/^Changed outside {2}0 pixels$/m);
    const line = /^ {2}(curl .*)$/m.exec(told)?.[1];
    expect(line, told).toBeDefined();
    const { stdout } = await run('bash', ['-c', `${line} -s`]);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'processing' });

    const family = await familyOf(child.pid ?? 0, folder);
    expect(family.some(({ command }) => command.includes('postgres') && command.includes(folder))).toBe(true);
    // As a terminal does with Ctrl-C: everything in the foreground gets it at once.
    process.kill(-(child.pid ?? 0), 'SIGINT');
    expect(await ended).toEqual([0, null]);
    const now = new Set((await processes()).map(({ pid }) => pid));
    expect(family.filter(({ pid }) => now.has(pid))).toEqual([]);
  } finally {
    child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
});
