// Builds every package whose sources are newer than its dist/: JavaScript by tsup, declarations by tsc, in the order of imports.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, run } from './setup.mjs';

const bin = (name) => join(root, 'node_modules', '.bin', name);
const { workspaces } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

export function build() {
  let upstream = 0;
  for (const workspace of workspaces) {
    const folder = join(root, workspace);
    // The model repository is Python.
    if (!existsSync(join(folder, 'tsup.config.ts'))) continue;
    const stamp = join(folder, 'dist', '.built');
    const inputs = ['src', 'package.json', 'tsup.config.ts', 'tsconfig.build.json'].map((name) => join(folder, name));
    upstream = Math.max(upstream, ...inputs.filter((path) => existsSync(path)).map(newest));
    if (existsSync(stamp) && Number(readFileSync(stamp, 'utf8')) >= upstream) continue;
    console.error(`Building ${workspace}...`);
    if (run(bin('tsup'), ['--silent'], { cwd: folder, stdio: ['ignore', 2, 2] }) !== 0) process.exit(1);
    if (run(bin('tsc'), ['-p', 'tsconfig.build.json'], { cwd: folder, stdio: ['ignore', 2, 2] }) !== 0) process.exit(1);
    writeFileSync(stamp, String(upstream));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build();
