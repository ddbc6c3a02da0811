import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';

// The example of docs/triton.md as a reader would run it, on pictures of the validation split.

const { url, grpcUrl, python } = inject('miniature');
const root = fileURLToPath(new URL('../../../../', import.meta.url));
const packageFolder = join(root, 'packages/triton-models');
const name = 'miniature.test.ts';
const run = promisify(execFile);
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atelier-miniature-docs-'));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function example(): Promise<string> {
  const guide = await readFile(join(root, 'docs/triton.md'), 'utf8');
  const [, code] = new RegExp(`<!-- file: ${name} -->\\n\`\`\`ts\\n(.*?)\`\`\``, 's').exec(guide) ?? [];
  if (code === undefined) throw new Error(`docs/triton.md has no file ${name}.`);
  // There gRPC has the next port.
  return code.replace("url: 'http://127.0.0.1:8000'", `url: '${url}', grpcUrl: '${grpcUrl}'`);
}

it('the test of the guide passes, and its process ends', { timeout: 120_000 }, async () => {
  const pictures = ['--kind', 'paintings', '--split', 'validation', '--count', '4', '--out', join(folder, 'pictures')];
  await run(python, ['-m', 'miniature.examples', ...pictures], { env: { ...process.env, PYTHONPATH: packageFolder } });
  await writeFile(join(folder, name), await example());
  const args = ['--conditions=atelier-source', '--test-reporter=tap', name];
  const { stdout } = await run(process.execPath, args, { cwd: folder, timeout: 90_000 });
  expect(stdout).toMatch(/^ok 1 - replace /m);
  expect(stdout).toMatch(/^# verified: (true|false)\. /m);
  expect(stdout).toMatch(/^# fail 0$/m);
});
