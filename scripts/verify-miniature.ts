/**
 * What the miniatures reach on scenes of the test split, through a real tritonserver and the SDK.
 *
 *   npm run verify:miniature                        all of it; exits 1 where a bar is missed
 *   npm run verify:miniature -- --models owlv2,sam  only these
 *   npm run verify:miniature -- --share 0.1         a tenth of the pictures
 *   npm run verify:miniature -- --split validation  other scenes, for whoever trains
 *   npm run verify:miniature -- --out FOLDER        keeps the pictures, also the painted ones, and figures.json there
 *   npm run verify:miniature -- --write             all of it, and writes figures.json and the model cards of the repository
 */
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeFileWhole } from '@atelier/sdk';
import { type Bar, isReached, tableOf } from '../packages/triton-models/miniature/verify/bars.ts';
import { runPython } from '../packages/triton-models/miniature/verify/examples.ts';
import { fullSizes, measure, type Sizes } from '../packages/triton-models/miniature/verify/measure.ts';
import { serveMiniature } from '../packages/triton-models/miniature/verify/serve.ts';

const { values } = parseArgs({
  options: {
    models: { type: 'string' },
    out: { type: 'string' },
    share: { type: 'string', default: '1' },
    split: { type: 'string', default: 'test' },
    write: { type: 'boolean', default: false },
  },
});

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const setup = spawnSync(process.execPath, [here('./python.mjs')], { stdio: ['ignore', 2, 2] });
// It has said why.
if (setup.status !== 0) process.exit(1);
const python = here('../.venv/bin/python');

const split = splitNamed(values.split);
const share = Number(values.share);
if (!(share > 0 && share <= 1)) throw new Error('--share must be above 0 and at most 1.');
const sized = Object.entries(fullSizes).map(([name, count]) => [name, Math.max(4, Math.round(share * count))]);
// Of the same names.
const sizes = Object.fromEntries(sized) as Sizes;
const known = ['owlv2', 'sam', 'vqa', 'clip', 'sd3', 'agent'] as const;
const models = values.models?.split(',').map(modelNamed);

// Before anything runs for half an hour.
if (values.write && (share < 1 || models || split !== 'test')) throw new Error('--write is for all of the test split.');

function splitNamed(text: string): 'validation' | 'test' {
  if (text === 'validation' || text === 'test') return text;
  throw new Error(`--split must be validation or test, not ${text}.`);
}

function modelNamed(text: string): Bar['model'] {
  const found = known.find((name) => name === text.trim());
  if (found !== undefined) return found;
  throw new Error(`--models: ${text} is none of ${known.join(', ')}.`);
}

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort()).once('SIGTERM', () => interrupted.abort());

const folder = values.out ? resolve(values.out) : await mkdtemp(join(tmpdir(), 'atelier-miniature-'));
await mkdir(folder, { recursive: true });
const began = performance.now();
const server = await serveMiniature({ python, signal: interrupted.signal });
try {
  const ready = (performance.now() - began) / 1000;
  console.error(`ready after ${ready.toFixed(1)} s`);
  const tell = (line: string) => console.error(line);
  const bars = await measure({ server, python, split, sizes, folder, tell, ...(models ? { models } : {}) });
  const table = tableOf(bars);
  console.log(table);
  const figures = `${JSON.stringify({ split, bars }, null, 2)}\n`;
  if (values.out) await writeFile(join(folder, 'figures.json'), figures);
  if (values.write) {
    await writeFileWhole(here('../packages/triton-models/miniature/figures.json'), figures);
    await runPython(python, ['-m', 'miniature.cards']);
  }
  process.exitCode = bars.every(isReached) ? 0 : 1;
} finally {
  await server.stop('SIGKILL');
  if (!values.out) await rm(folder, { recursive: true, force: true });
}
