// Makes `.venv`, the Python environment of the tests (python/requirements.txt), once per change of that file.
// `node scripts/python.mjs ARGS` then runs its interpreter. Plain JavaScript without dependencies, like setup.mjs.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, run } from './setup.mjs';

const folder = join(root, '.venv');
const requirements = join(root, 'python', 'requirements.txt');
/** With what it includes: a change of any of them makes the environment anew. */
const modelRequirements = join(root, 'packages', 'triton-models', 'requirements');
const stampFile = join(folder, '.atelier-setup');

/** The interpreter of `.venv`, whether it is there yet or not. */
export const venvPython = join(folder, 'bin', 'python');

const candidates = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];

/** Why the Python tests cannot run on this machine, or undefined. The wheel holds Linux binaries built against glibc 2.35. */
function missing() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'the tritonserver wheel is for Linux on x86-64';
  const { glibcVersionRuntime } = process.report.getReport().header;
  const [major, minor] = (glibcVersionRuntime ?? '0.0').split('.').map(Number);
  if (major < 2 || (major === 2 && minor < 35))
    return `the tritonserver wheel needs glibc >= 2.35 (here: ${glibcVersionRuntime ?? 'none'})`;
  return undefined;
}

/** The first Python 3.10-3.13 on the path: those are the versions that the wheel brings a backend for. */
function findPython() {
  for (const name of candidates) {
    const done = spawnSync(name, ['-c', 'import sys; print(*sys.version_info[:3])'], { encoding: 'utf8' });
    if (done.status !== 0) continue;
    const [major, minor] = done.stdout.trim().split(' ').map(Number);
    if (major === 3 && minor >= 10 && minor <= 13) return { name, version: done.stdout.trim() };
  }
  return undefined;
}

/**
 * Installs the environment unless it is what the requirements ask for. Progress goes to stderr.
 * Returns undefined when it is ready, else the reason why this machine cannot have it; a failing installation throws.
 */
export function setupPython() {
  const reason = missing();
  if (reason) return reason;
  const python = findPython();
  if (!python) return 'there is no Python 3.10-3.13 on the path';
  const files = [requirements, ...readdirSync(modelRequirements).map((name) => join(modelRequirements, name))];
  const hash = createHash('sha256').update(python.version);
  for (const file of files.sort()) hash.update(readFileSync(file));
  const stamp = hash.digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return undefined;
  console.error('Installing the Python test environment (once, about 1.8 GB and two minutes)...');
  rmSync(folder, { recursive: true, force: true });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements];
  for (const [command, args] of [
    [python.name, ['-m', 'venv', folder]],
    [venvPython, pip],
  ]) {
    const done = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
    if (done.status !== 0) throw new Error(`\`${command} ${args.join(' ')}\` failed; see above.`);
  }
  writeFileSync(`${stampFile}.tmp`, stamp);
  renameSync(`${stampFile}.tmp`, stampFile);
  return undefined;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const reason = setupPython();
  if (reason) console.error(`No Python test environment: ${reason}.`);
  else if (process.argv.length > 2) process.exitCode = run(venvPython, process.argv.slice(2));
}
