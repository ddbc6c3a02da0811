// `npm run bench:triton`: our Triton client, Python's and bare undici against one real tritonserver, in one run.
// `-- --json` prints one object. `--quick` shows that it works; `--only memory,tokens`, `--clients undici,ours-http` and `--sizes '12 MiB'` run a part.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benchTriton, parts } from '../packages/sdk/bench/triton/bench.ts';
import { sizes } from '../packages/sdk/bench/triton/payloads.ts';
import { clientNames } from '../packages/sdk/bench/triton/protocol.ts';
import { tableOf } from '../packages/sdk/bench/triton/table.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    clients: { type: 'string' },
    sizes: { type: 'string' },
  },
});

/** The members that a comma-separated list names. */
function chosenFrom<Name extends string>(
  all: readonly Name[],
  list: string | undefined,
  what: string,
): readonly Name[] {
  if (list === undefined) return all;
  return list.split(',').map((text) => {
    const found = all.find((name) => name === text.trim());
    if (found !== undefined) return found;
    console.error(`--${what}: ${text} is none of ${all.join(', ')}.`);
    return process.exit(2);
  });
}

// The server is in a process group of its own, so that Ctrl-C does not reach it: what was started is stopped here.
const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort()).once('SIGTERM', () => interrupted.abort());

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const setup = spawnSync(process.execPath, [here('./python.mjs')], { stdio: ['ignore', 2, 2] });
const python = here('../.venv/bin/python');
// It has said why.
if (setup.status !== 0 || !existsSync(python)) process.exit(1);

const report = await benchTriton({
  python,
  quick: values.quick,
  parts: chosenFrom(parts, values.only, 'only'),
  clients: chosenFrom(clientNames, values.clients, 'clients'),
  sizes: chosenFrom(
    sizes.map(({ label }) => label),
    values.sizes,
    'sizes',
  ),
  signal: interrupted.signal,
  onProgress: (message) => console.error(message),
}).catch((error: unknown) => {
  if (!interrupted.signal.aborted) throw error;
  process.exit(130);
});
console.log(values.json ? JSON.stringify(report, undefined, 2) : tableOf(report));
if (report.missed.length > 0) process.exitCode = 1;
