import { execFile } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const cwd = fileURLToPath(new URL('..', import.meta.url));

async function published(): Promise<string[]> {
  const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json'], { cwd, maxBuffer: 2 ** 26 });
  const [{ files }]: [{ files: { path: string }[] }] = JSON.parse(stdout);
  return files.map(({ path }) => path);
}

it('what is published has the models, the miniatures with their weights, and no tests or leftovers', async () => {
  const paths = await published();
  const weights = globSync('miniature/weights/*/**/*', { cwd, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(cwd.length));
  expect(paths).toEqual(
    expect.arrayContaining([
      'models/sd3/1/model.py',
      'server-arguments.json',
      'requirements/cpu.txt',
      'atelier_models/settings.py',
      'miniature/blockworld/scene.py',
      'miniature/examples/__main__.py',
      ...weights,
    ]),
  );
  for (const path of paths) expect(existsSync(cwd + path), path).toBe(true);
  expect(paths.filter((path) => /(^|\/)(test_|conftest|\.|__pycache__)|\.(test\.ts|pyc)$/.test(path))).toEqual([]);
});
