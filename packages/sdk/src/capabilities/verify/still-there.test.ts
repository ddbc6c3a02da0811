import { describe, expect, it } from 'vitest';
import type { Box } from '../../image/geometry.ts';
import { Image } from '../../image/image.ts';
import { Mask } from '../../image/mask.ts';
import type { Backend } from '../capability.ts';
import { createVisionContext } from '../vision.ts';
import { mistakenTarget } from './mistaken-target.ts';
import { verifyRemoved } from './verify-removed.ts';

const size = { width: 200, height: 150 };
const blank = (value: number) =>
  Image.fromPixels({ ...size, data: new Uint8Array(size.width * size.height * 4).fill(value) });

/** A detector that sees one cup, of this box and score, where it is asked for cups. */
const seeing = (box: Box, score: number): Backend => ({
  name: 'eye',
  capabilities: {
    detect: {
      model: 'one-cup',
      able: () => true,
      run: async ({ phrases, threshold = 0 }) =>
        score >= threshold ? [{ label: 'cup', score, box, phrase: phrases[0] ?? 'cup' }] : [],
    },
  },
});

describe('whether a thing is still there', () => {
  const cup = { x: 60, y: 30, width: 60, height: 60 };
  const thing = { label: 'cup', score: 0.5, box: cup, phrase: 'the cup' };
  const edited = Mask.fromBox(size, { x: 56, y: 26, width: 68, height: 68 });
  const look = async (box: Box, score: number, painted = edited) =>
    verifyRemoved(createVisionContext([seeing(box, score)]), {
      before: await blank(10),
      after: await blank(20),
      selected: Mask.fromBox(size, cup),
      edited: painted,
      things: [thing],
    });

  it('yes, where it was, at half its score or more', async () => {
    expect(await look(cup, 0.26)).toMatchObject({
      ok: false,
      reason: 'a cup is still seen there (26 %)',
      by: 'eye (one-cup)',
    });
    expect(await look({ ...cup, width: 40, height: 45 }, 0.3)).toMatchObject({ ok: false });
  });

  it('no, at less, or elsewhere', async () => {
    expect(await look(cup, 0.24)).toMatchObject({ ok: true });
    expect(await look({ x: 140, y: 90, width: 50, height: 50 }, 0.9)).toMatchObject({ ok: true });
  });

  it('no, when it is what the thing stood on, which reaches well beyond the edited pixels', async () => {
    const saucer = { x: 35, y: 20, width: 110, height: 80 };
    expect(await look(saucer, 0.3)).toMatchObject({
      ok: true,
      reason: 'no cup is seen there any more; what reaches beyond the edit looks like one (30 %)',
    });
  });

  it('yes, in any case, when the edit missed the thing', async () => {
    const beside = Mask.fromBox(size, { x: 100, y: 80, width: 40, height: 40 });
    expect(await look(cup, 0.5, beside)).toMatchObject({ ok: false });
    expect(await look({ x: 35, y: 20, width: 110, height: 80 }, 0.5, beside)).toMatchObject({ ok: false });
  });
});

describe('whether the right thing was cut out', () => {
  const table = { label: 'table', score: 0.4, box: { x: 50, y: 20, width: 90, height: 100 }, phrase: 'the table' };
  const cup = { label: 'cup', score: 0.5, box: { x: 55, y: 25, width: 80, height: 70 }, phrase: 'cup' };
  const both: Backend = {
    name: 'eye',
    capabilities: { detect: { model: 'both', able: () => true, run: async () => [cup, table] } },
  };
  const context = () => createVisionContext([both]);

  it('is doubted when a surer thing takes up its box and was cut out', async () => {
    const mask = Mask.fromBox(size, { x: 56, y: 26, width: 78, height: 85 });
    expect(await mistakenTarget(context(), await blank(10), mask, [table])).toMatchObject({
      ok: false,
      reason: 'what was cut out looks like a cup (50 %), not a table',
    });
  });

  it('is not doubted for the surer thing itself, nor when the mask leaves that one out', async () => {
    const mask = Mask.fromBox(size, cup.box);
    expect(await mistakenTarget(context(), await blank(10), mask, [cup])).toBeUndefined();
    const below = Mask.fromBox(size, { x: 50, y: 95, width: 90, height: 25 });
    expect(await mistakenTarget(context(), await blank(10), below, [table])).toBeUndefined();
  });
});
