// `npm test`: lint, types, dead code, generated files, package shape, and every test. Ends with `N passed, N failed`.
// `npm test -- FILTER` runs only the tests whose file path holds FILTER.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { setupChromium } from './chromium.mjs';
import { setupPython, venvPython } from './python.mjs';
import { pinnedNode, root, run, setup } from './setup.mjs';

setup();
const noPython = setupPython();
if (noPython && process.env.CI) throw new Error(`The Python test environment is needed here, and ${noPython}.`);
const noChromium = setupChromium();
if (noChromium && process.env.CI) throw new Error(`Chromium is needed here, and ${noChromium}.`);
build();

const bin = (name) => join(root, 'node_modules', '.bin', name);
const filters = process.argv.slice(2);
const { workspaces } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const checks = [
  ['lint, format and import rules', bin('biome'), ['check', '--error-on-warnings', '.']],
  ['types', bin('tsc'), ['-p', 'tsconfig.json']],
  ['types of pages', bin('tsc'), ['-p', 'packages/mcp-server/src/apps/viewer/tsconfig.json']],
  ['dead code and dependencies', bin('knip'), []],
  ['generated files are current', pinnedNode, ['--conditions=atelier-source', 'scripts/generate.ts', '--check']],
  ...(noPython
    ? []
    : [
        ['Python format', venvPython, ['-m', 'ruff', 'format', '--check', '.']],
        ['Python lint', venvPython, ['-m', 'ruff', 'check', '.']],
      ]),
  ...workspaces.map((workspace) => [`package shape of ${workspace}`, bin('publint'), ['--strict', workspace]]),
];

let passed = 0;
let failed = 0;
for (const [name, command, args] of filters.length > 0 ? [] : checks) {
  console.log(`\n> ${name}`);
  const ok = run(command, args) === 0;
  if (ok) passed++;
  else failed++;
  console.log(ok ? `ok: ${name}` : `FAILED: ${name}`);
}

const folder = mkdtempSync(join(tmpdir(), 'atelier-test-'));
const ranPytest = !noPython && runPytest();

const report = join(folder, 'vitest.json');
const code = run(bin('vitest'), [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  // A filter may mean Python tests only.
  ...(ranPytest && filters.length > 0 ? ['--passWithNoTests'] : []),
  ...filters,
]);
try {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  passed += numPassedTests;
  // A file that cannot be loaded fails without having a test; a skipped test is one that did not pass.
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length;
  failed += numFailedTests + numPendingTests + numTodoTests + broken;
} catch {
  failed++;
}
rmSync(folder, { recursive: true, force: true });

if (code !== 0 && failed === 0) failed++;

if (noPython)
  console.log(`\nSkipped: the Python checks and every test against a real tritonserver, since ${noPython}.`);
if (noChromium) console.log(`\nSkipped: the tests of pages, since ${noChromium}.`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** Runs the tests of the model repository's Python, or those whose path holds a filter; false where none does. */
function runPytest() {
  const package_ = join(root, 'packages', 'triton-models');
  const files = ['atelier_models', 'miniature']
    .flatMap((part) => readdirSync(join(package_, part), { recursive: true }).map((path) => join(part, String(path))))
    .map((path) => join('packages/triton-models', path))
    .filter((path) => /\/test_[^/]*\.py$/.test(path))
    .filter((path) => filters.length === 0 || filters.some((filter) => path.includes(filter)));
  if (files.length === 0) return false;
  console.log('\n> Python tests');
  const report = join(folder, 'pytest.xml');
  const args = ['-m', 'pytest', '-c', join(package_, 'pyproject.toml'), `--junitxml=${report}`];
  // One thread each: small models on few cores lose more to waiting for each other than they gain.
  const env = { ...process.env, OMP_NUM_THREADS: '1' };
  const code = run(venvPython, [...args, ...files.map((path) => join(root, path))], { env });
  const suite = existsSync(report) ? readFileSync(report, 'utf8').match(/<testsuite [^>]*>/)?.[0] : undefined;
  const count = (name) => Number(suite?.match(new RegExp(`\\b${name}="(\\d+)"`))?.[1] ?? 0);
  const bad = count('failures') + count('errors') + count('skipped');
  passed += count('tests') - bad;
  failed += code === 0 ? bad : Math.max(1, bad);
  return true;
}
