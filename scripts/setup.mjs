// Installs what package-lock.json says, once per change of it. Plain JavaScript for Node >= 20, no dependencies:
// it is the first thing that runs on a fresh machine.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The Node 24 that the lock file pins; every later step runs on it. */
export const pinnedNode = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

const stampFile = join(root, 'node_modules', '.atelier-setup');

/** Runs a command in the repository with the pinned Node first on the path. Returns its exit code. */
export function run(command, args, options = {}) {
  const path = [dirname(pinnedNode), join(root, 'node_modules', '.bin'), process.env.PATH].join(
    process.platform === 'win32' ? ';' : ':',
  );
  const done = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
    ...options,
  });
  if (done.error) throw done.error;
  return done.signal ? 130 : (done.status ?? 1);
}

/** Installs the packages unless they are what the lock file asks for. Progress goes to stderr: stdout belongs to the job. */
export function setup() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  const stamp = createHash('sha256').update(lock).update(process.platform).update(process.arch).digest('hex');
  if (existsSync(pinnedNode) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  console.error('Installing packages (once, about a minute)...');
  // Not `npm ci`: it refuses a lock file without the binaries of other platforms, and a registry may not carry them all.
  const done = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
    shell: process.platform === 'win32',
  });
  if (done.status !== 0) {
    console.error('The packages could not be installed; see above.');
    process.exit(1);
  }
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(`${stampFile}.tmp`, stamp);
  renameSync(`${stampFile}.tmp`, stampFile);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setup();
