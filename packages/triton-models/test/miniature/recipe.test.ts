import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

// The script of the README, in a project whose `atelier` is a stand-in that fails.

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atelier-recipe-'));
  await mkdir(join(folder, 'node_modules/.bin'), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function script(): Promise<string> {
  const manual = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const [, code] = /<!-- file: miniature\.sh -->\n```sh\n(.*?)```/s.exec(manual) ?? [];
  if (code === undefined) throw new Error('The README has no miniature.sh.');
  return code;
}

it.each([
  ['dies without a word', 'exit 137'],
  ['says why it failed and ends', `echo '{"status": "failure", "error": {}, "models": []}'; exit 1`],
  [
    'serves without one of the models',
    `echo '{"status": "success", "models": [{"ready": true}, {"ready": false}]}'; exec sleep 60`,
  ],
])('ends with 1 where the server %s, and leaves none', { timeout: 30_000 }, async (_what, command) => {
  const atelier = join(folder, 'node_modules/.bin/atelier');
  await writeFile(atelier, `#!/bin/bash\necho $$ > pid\n${command}\n`);
  await chmod(atelier, 0o755);
  const code = await script();
  const ended = await new Promise((resolve) => {
    const child = execFile('bash', ['-c', code], { cwd: folder, timeout: 20_000 }, () => resolve(child.exitCode));
  });
  expect(ended).toBe(1);
  const pid = Number(await readFile(join(folder, 'pid'), 'utf8'));
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});
