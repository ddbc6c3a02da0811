// `npm run bench:models`: the five models through Triton, as bare Python pipelines and the libraries' own way, in one run.
// `-- --write` puts the table into packages/triton-models/BENCHMARKS.md; `--json FILE` keeps the figures. `--quick` shows that it
// works; `--only owlv2,sam`, `--device cuda`, `--precision bf16` and `--weights FOLDER` (with a folder for each model; else tiny
// random weights). `--full-size FOLDER` measures what `python -m atelier_models.bench.full_size_weights` wrote there.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benchModels } from '../packages/triton-models/bench/bench.ts';
import { benchFullSize } from '../packages/triton-models/bench/full-size/bench.ts';
import { fullSizeTableOf } from '../packages/triton-models/bench/full-size/table.ts';
import { modelNames } from '../packages/triton-models/bench/scenario.ts';
import { tableOf } from '../packages/triton-models/bench/table.ts';
import { writeTable } from '../packages/triton-models/bench/write-table.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    write: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    device: { type: 'string', default: 'cpu' },
    precision: { type: 'string' },
    weights: { type: 'string' },
    'full-size': { type: 'string' },
    python: { type: 'string' },
  },
});

const models = values.only === undefined ? modelNames : values.only.split(',').map(modelNamed);

function modelNamed(text: string) {
  const found = modelNames.find((name) => name === text.trim());
  if (found !== undefined) return found;
  console.error(`--only: ${text} is none of ${modelNames.join(', ')}.`);
  return process.exit(2);
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The interpreter that was named, or the one of the test environment. */
function findPython(): string {
  if (values.python) return resolve(values.python);
  const setup = spawnSync(process.execPath, [here('./python.mjs')], { stdio: ['ignore', 2, 2] });
  const python = here('../.venv/bin/python');
  // It has said why.
  return setup.status === 0 && existsSync(python) ? python : process.exit(1);
}

// The server is in a process group of its own, so that Ctrl-C does not reach it: what was started is stopped here.
const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort()).once('SIGTERM', () => interrupted.abort());

const cache = await mkdtemp(join(tmpdir(), 'atelier-bench-models-'));
const common = {
  python: findPython(),
  quick: values.quick,
  models,
  signal: interrupted.signal,
  onProgress: (message: string) => console.error(message),
};

async function run() {
  const folder = values['full-size'];
  if (folder !== undefined) {
    const precisions = values.precision?.split(',');
    const report = await benchFullSize({
      ...common,
      cache,
      device: values.device,
      folder: resolve(folder),
      precisions,
    });
    return { report, table: fullSizeTableOf(report), part: 'full size', missed: [] };
  }
  const report = await benchModels({ ...common, env: settings() });
  return { report, table: tableOf(report), part: 'models', missed: report.missed };
}

function settings(): Record<string, string> {
  const { weights, precision, device } = values;
  const folders =
    weights === undefined
      ? // One thread: to share out what tiny models compute costs more than to compute it, on a busy machine far more.
        [
          ['ATELIER_PROFILE', 'random'],
          ['ATELIER_THREADS', '1'],
        ]
      : models.map((model) => [`ATELIER_${model.toUpperCase()}_MODEL`, join(resolve(weights), model)]);
  return {
    ATELIER_CACHE: cache,
    ATELIER_DEVICE: device,
    ...(precision ? { ATELIER_PRECISION: precision } : {}),
    ...Object.fromEntries(folders),
  };
}

try {
  const { report, table, part, missed } = await run();
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(report, undefined, 2)}\n`);
  if (values.write) await writeTable(part, table);
  console.log(table);
  if (missed.length > 0) process.exitCode = 1;
} catch (error) {
  if (!interrupted.signal.aborted) throw error;
  process.exitCode = 130;
} finally {
  await rm(cache, { recursive: true, force: true });
}
