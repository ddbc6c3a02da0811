/**
 * What the miniatures reach on scenes of the test split, through a real tritonserver and the SDK.
 *
 *   npm run verify:miniature                        all of it; exits 1 where a bar is missed
 *   npm run verify:miniature -- --models owlv2,sam  only these
 *   npm run verify:miniature -- --share 0.1         a tenth of the pictures
 *   npm run verify:miniature -- --split validation  other scenes, for whoever trains
 *   npm run verify:miniature -- --out FOLDER        keeps the pictures, also the painted ones, and figures.json, which
 *                                                   grows with each model, and agent/report.md there
 *   npm run verify:miniature -- --write             all of it and the sample of `npm test`; writes figures.json,
 *                                                   agent-report.md, model cards and the table of the README
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeFileWhole } from '@atelier/sdk';
import { type Bar, isReached, tableOf } from '../packages/triton-models/miniature/verify/bars.ts';
import { runPython } from '../packages/triton-models/miniature/verify/examples.ts';
import { type MeasuredModel, measure, measuredModels } from '../packages/triton-models/miniature/verify/measure.ts';
import { serveMiniature } from '../packages/triton-models/miniature/verify/serve.ts';
import { fullSizes, partOf, sampleSizes } from '../packages/triton-models/miniature/verify/sizes.ts';

const { values } = parseArgs({
  options: {
    models: { type: 'string' },
    out: { type: 'string' },
    share: { type: 'string', default: '1' },
    split: { type: 'string', default: 'test' },
    write: { type: 'boolean', default: false },
  },
});

// All arguments are looked at before anything runs for half an hour.
const split = splitNamed(values.split);
const share = Number(values.share);
if (!(share > 0 && share <= 1)) throw new Error('--share must be above 0 and at most 1.');
const models = values.models?.split(',').map(modelNamed) ?? measuredModels;
if (values.write && (share < 1 || values.models || split !== 'test'))
  throw new Error('--write is for all of the test split.');

function splitNamed(text: string): 'validation' | 'test' {
  if (text === 'validation' || text === 'test') return text;
  throw new Error(`--split must be validation or test, not ${text}.`);
}

function modelNamed(text: string): MeasuredModel {
  const found = measuredModels.find((name) => name === text.trim());
  if (found !== undefined) return found;
  throw new Error(`--models: ${text} is none of ${measuredModels.join(', ')}.`);
}

// Pictures of an earlier run would be judged too.
if (values.out && existsSync(values.out) && readdirSync(values.out).length > 0)
  throw new Error(`--out: ${values.out} is not empty.`);

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const miniature = (name: string) => here(`../packages/triton-models/miniature/${name}`);
const setup = spawnSync(process.execPath, [here('./python.mjs')], { stdio: ['ignore', 2, 2] });
// It has said why.
if (setup.status !== 0) process.exit(1);
const python = here('../.venv/bin/python');

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort()).once('SIGTERM', () => interrupted.abort());

const folder = values.out ? resolve(values.out) : await mkdtemp(join(tmpdir(), 'atelier-miniature-'));
await mkdir(folder, { recursive: true });
const tell = (line: string) => console.error(line);
const server = await serveMiniature({ python, signal: interrupted.signal });
try {
  const ready: Bar = {
    model: 'server',
    what: 'ready, all five, by `atelier triton up`',
    unit: 's',
    value: server.readySeconds,
    most: 90,
    count: 1,
  };
  const keep = (measured: readonly Bar[]) =>
    writeFileWhole(join(folder, 'figures.json'), json({ split, bars: [ready, ...measured] }));
  const common = { server, python, split, tell } as const;
  const bars = [ready, ...(await measure({ ...common, models, sizes: partOf(fullSizes, share), folder, keep }))];
  console.log(tableOf(bars));
  if (models.includes('agent')) tell(await readFile(join(folder, 'agent', 'report.md'), 'utf8'));
  if (values.write) await write(bars, await measure({ ...common, sizes: sampleSizes, folder: join(folder, 'sample') }));
  process.exitCode = bars.every(isReached) ? 0 : 1;
} finally {
  await server.stop();
  if (!values.out) await rm(folder, { recursive: true, force: true });
}

async function write(bars: readonly Bar[], sample: readonly Bar[]): Promise<void> {
  await writeFileWhole(miniature('figures.json'), json({ split, bars, sample }));
  await copyFile(join(folder, 'agent', 'report.md'), miniature('agent-report.md'));
  await runPython(python, ['-m', 'miniature.cards']);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
