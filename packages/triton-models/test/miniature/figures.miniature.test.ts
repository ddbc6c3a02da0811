import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { isReached } from '../../miniature/verify/bars.ts';
import { measure, type Sizes } from '../../miniature/verify/measure.ts';

const server = inject('miniature');
/** What `npm run verify:miniature -- --out` found over all pictures. */
const recorded = z
  .object({ bars: z.array(z.object({ model: z.string(), what: z.string(), value: z.number(), unit: z.string() })) })
  .parse(JSON.parse(await readFile(new URL('../../miniature/figures.json', import.meta.url), 'utf8')));

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atelier-miniature-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const sizes: Sizes = { owlv2: 24, heldOut: 24, sam: 12, vqa: 16, clip: 50, sd3: 6, agent: 3, latency: 4 };
/** Of a share in so many examples: what lies within three of them is chance. */
const deviation = (share: number, count: number) => Math.sqrt(Math.max(share * (1 - share), 0.02) / count);

it('is ready within two minutes', () => {
  expect(server.readySeconds).toBeLessThan(120);
});

it('reaches on a sample of the test scenes what is said of it', { timeout: 240_000 }, async () => {
  const bars = await measure({ server, python: server.python, split: 'test', sizes, folder });
  const shares = bars.filter(({ unit }) => unit === 'share');
  expect(shares.length).toBeGreaterThan(10);
  for (const bar of shares) {
    const told = recorded.bars.find(({ model, what }) => model === bar.model && what === bar.what);
    if (!told) throw new Error(`${bar.model}, ${bar.what}: no figure is recorded.`);
    // Questions and phrases about one picture are not independent of each other.
    const chance = 3 * deviation(told.value, Math.max(6, bar.count / 4));
    const name = `${bar.model}, ${bar.what}`;
    if (bar.most === undefined) expect(bar.value, name).toBeGreaterThanOrEqual(told.value - chance);
    else expect(bar.value, name).toBeLessThanOrEqual(told.value + chance);
  }
  const pixels = bars.filter(({ unit }) => unit === 'pixels');
  expect(pixels).toHaveLength(2);
  expect(pixels.every(isReached)).toBe(true);
});
