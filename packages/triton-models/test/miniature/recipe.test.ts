import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

// The script of the README, in a project whose `atelier` and `python` are stand-ins.

const atelier = 'node_modules/.bin/atelier';
const patience = { timeout: 30_000 };
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

async function standIn(path: string, code: string): Promise<void> {
  await writeFile(join(folder, path), `#!/bin/bash\n${code}\n`);
  await chmod(join(folder, path), 0o755);
}

/** Runs the script in the folder. @returns its exit code */
async function runScript(): Promise<number | null> {
  const code = await script();
  return new Promise((resolve) => {
    const child = execFile('bash', ['-c', code], { cwd: folder, timeout: 20_000 }, () => resolve(child.exitCode));
  });
}

async function expectNoServer(): Promise<void> {
  const pid = Number(await readFile(join(folder, 'pid'), 'utf8'));
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
}

it.each([
  ['dies without a word', 'exit 137'],
  ['says why it failed and ends', `echo '{"status": "failure", "error": {}, "models": []}'; exit 1`],
  [
    'serves without one of the models',
    `echo '{"status": "success", "models": [{"ready": true}, {"ready": false}]}'; exec sleep 60`,
  ],
])('ends with 1 where the server %s, and leaves none', patience, async (_what, command) => {
  await standIn(atelier, `echo $$ > pid\n${command}`);
  expect(await runScript()).toBe(1);
  await expectNoServer();
});

// 0: done and confirmed; 4: done, and the second look did not confirm it; others: failed.
it.each([
  [0, 0],
  [4, 0],
  [5, 1],
])(
  'where the server is ready and the edit ends with %i it ends with %i, and leaves none',
  patience,
  async (ofEdit, expected) => {
    const ready = JSON.stringify({ status: 'success', python: './python', models: [{ ready: true }] });
    // As `triton up`: one line, then it serves until it is told to stop, and says goodbye.
    const up = `echo $$ > pid; trap 'echo stopped > stopped; exit 0' TERM; echo '${ready}'; for _ in {1..300}; do sleep 0.1; done`;
    await standIn(atelier, `if [ "$1" = triton ]; then ${up}; fi\nprintf '%s\\n' "$@" > edit; exit ${ofEdit}`);
    const examples = [{}, { picture: '00001.png', instruction: 'remove the red ball' }];
    await standIn(
      'python',
      `printf '%s\\n' "$PYTHONPATH" "$@" > asked; mkdir pictures; echo '${JSON.stringify(examples)}' > pictures/examples.json`,
    );
    await writeFile(
      join(folder, 'miniature.test.ts'),
      `import { writeFileSync } from 'node:fs';\nwriteFileSync('tested', '');\n`,
    );

    expect(await runScript()).toBe(expected);
    const lines = async (name: string) => (await readFile(join(folder, name), 'utf8')).trimEnd().split('\n');
    expect((await lines('asked')).slice(0, 3)).toEqual([
      'node_modules/@atelier/triton-models',
      '-m',
      'miniature.examples',
    ]);
    expect((await lines('edit')).slice(0, 3)).toEqual(['edit', 'pictures/00001.png', 'remove the red ball']);
    expect((await readdir(folder)).includes('tested')).toBe(expected === 0);
    expect(await lines('stopped')).toEqual(['stopped']);
    await expectNoServer();
  },
);
