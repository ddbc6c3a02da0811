import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from 'vitest';

const cwd = fileURLToPath(new URL('..', import.meta.url));
const run = promisify(execFile);

interface PackedFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

let files: readonly PackedFile[] = [];
let paths: readonly string[] = [];
beforeAll(async () => {
  const { stdout } = await run('npm', ['pack', '--dry-run', '--json'], { cwd, maxBuffer: 2 ** 26 });
  const [packed]: [{ files: PackedFile[] }] = JSON.parse(stdout);
  files = packed.files;
  paths = files.map(({ path }) => path);
});

it('what is published has the models, the miniatures, and no tests or leftovers', () => {
  expect(paths).toEqual(
    expect.arrayContaining([
      'models/sd3/1/model.py',
      'server-arguments.json',
      'requirements/cpu.txt',
      'requirements/training.txt',
      'atelier_models/settings.py',
      'miniature/agent/judge.py',
      'miniature/blockworld/scene.py',
      'miniature/cards/card.py',
      'miniature/examples/__main__.py',
      'miniature/figures.json',
      'miniature/owlv2/train.py',
    ]),
  );
  for (const path of paths) expect(existsSync(cwd + path), path).toBe(true);
  const leftovers = /(^|\/)(test_|conftest|\.|__pycache__|curves\.png$)|\.(test\.ts|pyc)$/;
  expect(paths.filter((path) => leftovers.test(path))).toEqual([]);
});

it('the weights of five models are published, in 40 MB at most', () => {
  const weights = files.filter(({ path }) => path.endsWith('.safetensors'));
  const models = weights.map(({ path }) => /^miniature\/weights\/(\w+)\//.exec(path)?.[1]);
  expect([...new Set(models)].sort()).toEqual(['clip', 'owlv2', 'sam', 'sd3', 'vqa']);
  expect(weights.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(40e6);
});

it.skipIf(!existsSync(new URL('../../../.git', import.meta.url)))(
  'what git has of the weights, and no more',
  async () => {
    const folder = 'miniature/weights';
    const { stdout } = await run('git', ['ls-files', folder], { cwd });
    const tracked = stdout.split('\n').filter((path) => path !== '' && !path.endsWith('/curves.png'));
    expect(paths.filter((path) => path.startsWith(`${folder}/`)).sort()).toEqual(tracked.sort());
  },
);
