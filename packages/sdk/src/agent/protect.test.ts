import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileAssetStore } from '../assets/file-asset-store.ts';
import { squareCapabilities, squares, squaresOn } from '../capabilities/__fixtures__/squares.ts';
import type { CapabilityMap } from '../capabilities/capability.ts';
import { fileHistoryStore } from '../history/file-history-store.ts';
import type { Image } from '../image/image.ts';
import { Mask } from '../image/mask.ts';
import { atelier } from './atelier.ts';
import type { ProtectInput } from './protect-rules.ts';
import type { Session } from './session.ts';

const left = { x: 10, y: 12, width: 16, height: 16 };
const image = await squaresOn(120, 80, [
  { colour: 'red', x: 10, y: 12, side: 16 },
  { colour: 'red', x: 80, y: 12, side: 16 },
  { colour: 'blue', x: 48, y: 52, side: 16 },
]);

const open = (protect: readonly ProtectInput[], changed: Partial<CapabilityMap> = {}) =>
  atelier({ backends: [squares(changed)] }).session({ image, protect });

type EditCall = { readonly tool: 'remove_object' | 'inpaint_image' | 'adjust_image'; readonly input: object };

async function edit(session: Session, { tool, input }: EditCall) {
  const current = (await session.image()) ?? image;
  // Each case writes an input of the tool it names; the session checks it.
  const output = await session.call(tool, { image: current.id, ...input } as never);
  if (!('edit' in output)) throw Object.assign(new Error('no edit'), { code: 'choice-needed' });
  return session.loadImage(output.image);
}

/** Pixels of the mask that differ: written apart from the SDK's own count. */
const changedIn = (mask: Mask, before: Image, after: Image): number =>
  [...mask.data].filter(
    (set, at) => set && [0, 1, 2, 3].some((channel) => before.data[at * 4 + channel] !== after.data[at * 4 + channel]),
  ).length;

const everything = { region: 'everything' };
const calls: readonly EditCall[] = [
  { tool: 'remove_object', input: { phrase: 'the right red square' } },
  { tool: 'remove_object', input: { box: { x: 5, y: 5, width: 60, height: 40 } } },
  { tool: 'inpaint_image', input: { phrase: 'the blue square', prompt: 'a yellow square' } },
  { tool: 'adjust_image', input: { ...everything, operation: 'brighten' } },
  { tool: 'adjust_image', input: { ...everything, operation: 'blur', parameters: { radius: 4 } } },
  {
    tool: 'adjust_image',
    input: { phrase: 'the blue square', region: 'background', operation: 'fill', parameters: { colour: 'white' } },
  },
  { tool: 'adjust_image', input: { phrase: 'the left red square', operation: 'pixelate', parameters: { block: 4 } } },
];

describe('a protected region', () => {
  it('keeps every pixel through any edits, and each receipt names it', async () => {
    const box = fc.record({
      x: fc.nat(100),
      y: fc.nat(60),
      width: fc.integer({ min: 1, max: 40 }),
      height: fc.integer({ min: 1, max: 30 }),
    });
    const cases = fc.tuple(
      fc.array(box, { minLength: 1, maxLength: 3 }),
      fc.shuffledSubarray([...calls], { minLength: 1, maxLength: 4 }),
    );
    const check = async ([boxes, edits]: [{ x: number; y: number; width: number; height: number }[], EditCall[]]) => {
      const session = open(boxes);
      const mask = boxes
        .map((one) => Mask.fromBox(image, one))
        .reduce(
          (a, b) =>
            new Mask(
              a.width,
              a.height,
              a.data.map((bit, at) => bit | b.data[at]),
            ),
        );
      let edited = 0;
      for (const call of edits) {
        const result = await edit(session, call).catch((error: { code?: string }) => {
          // Nothing of the target may change, or it is gone by an earlier edit: refused, and never half done.
          expect(['protected', 'no-match', 'choice-needed']).toContain(error.code);
          return undefined;
        });
        if (!result) continue;
        edited++;
        expect(changedIn(mask, image, result)).toBe(0);
        const { receipt } = (await session.history())[edited - 1];
        expect(receipt.protected).toEqual({
          rules: boxes.map(() => ({ kind: 'box', found: 1 })),
          area: mask.area,
          changed: 0,
        });
        expect(receipt.changedOutsideMask).toBe(0);
      }
      expect(await session.history()).toHaveLength(edited);
    };
    await fc.assert(fc.asyncProperty(cases, check), { numRuns: 25, seed: 20261121 });
  });

  it('is found once, in the picture as it came, by words', async () => {
    let looks = 0;
    const detect: CapabilityMap['detect'] = {
      ...squareCapabilities.detect,
      run: async (request, context) => {
        if (request.phrases.includes('blue square') && request.image.id === image.id) looks++;
        return squareCapabilities.detect.run(request, context);
      },
    };
    const session = open([{ phrase: 'blue square' }], { detect });
    await edit(session, { tool: 'adjust_image', input: { ...everything, operation: 'brighten' } });
    const result = await edit(session, {
      tool: 'adjust_image',
      input: { ...everything, operation: 'recolour', parameters: { colour: 'green' } },
    });
    expect(changedIn(Mask.fromBox(image, { x: 48, y: 52, width: 16, height: 16 }), image, result)).toBe(0);
    expect(looks).toBe(1);
    const [first, second] = await session.history();
    expect(first.receipt.protected?.rules).toEqual([{ kind: 'phrase', phrase: 'blue square', found: 1 }]);
    expect(second.receipt.protected).toEqual(first.receipt.protected);
  });

  it('holds in a session that another process goes on with', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'atelier-protect-'));
    try {
      const studio = () =>
        atelier({
          backends: [squares()],
          assets: fileAssetStore(join(folder, 'a')),
          history: fileHistoryStore(join(folder, 'h')),
        });
      await edit(studio().session({ id: 'tea', image, protect: [Mask.fromBox(image, left)] }), calls[0]);
      const result = await edit(studio().session({ id: 'tea' }), calls[3]);
      expect(changedIn(Mask.fromBox(image, left), image, result)).toBe(0);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('that is not in the picture is said to be found 0 times', async () => {
    const session = open([{ phrase: 'yellow square' }]);
    await edit(session, calls[0]);
    expect((await session.history())[0].receipt.protected).toEqual({
      rules: [{ kind: 'phrase', phrase: 'yellow square', found: 0 }],
      area: 0,
      changed: 0,
    });
  });

  it('that nobody can look for stops edits', async () => {
    const able = () => ({ code: 'phrase-unknown' as const, hint: 'Only squares are known here.' });
    const session = open(['faces'], { detect: { ...squareCapabilities.detect, able } });
    await expect(edit(session, calls[3])).rejects.toMatchObject({ code: 'phrase-unknown' });
    expect(await session.history()).toEqual([]);
  });

  it.each([
    [{ x: 500, y: 500, width: 10, height: 10 }, 'invalid-input'],
    [Mask.fromBox({ width: 7, height: 7 }, { x: 0, y: 0, width: 3, height: 3 }), 'mask-invalid'],
    [{ x: 5, y: 5, width: 0, height: 10 }, 'invalid-input'],
    ['hands' as never, 'invalid-input'],
  ])('that makes no sense is refused (%#)', async (protect, code) => {
    await expect(edit(open([protect]), calls[3])).rejects.toMatchObject({ code });
  });

  it('is kept by direct calls too', async () => {
    const { vision } = atelier({ backends: [squares()] });
    const protect = Mask.fromBox(image, left);
    const { image: result, receipt } = await vision.adjust(image, {
      region: 'everything',
      operation: 'brighten',
      protect,
    });
    expect(changedIn(protect, image, result)).toBe(0);
    expect(receipt.protected).toEqual({ rules: [{ kind: 'mask', found: 1 }], area: 256, changed: 0 });
  });
});

describe('an edit of the frame', () => {
  const crop = (phrase: string) =>
    ({ tool: 'adjust_image', input: { phrase, operation: 'crop', parameters: { margin: 0.5 } } }) as const;

  it('carries what is protected to its new place', async () => {
    const session = open([{ phrase: 'blue square' }]);
    const cropped = await edit(session, crop('the blue square'));
    expect(cropped.width).toBeLessThan(image.width);
    const brighter = await edit(session, { tool: 'adjust_image', input: { ...everything, operation: 'brighten' } });
    const blue = (picture: Image) =>
      [...Array(picture.width * picture.height).keys()].filter((at) => picture.data[at * 4 + 2] === 220).length;
    expect(blue(brighter)).toBe(256);
    const [first, second] = await session.history();
    expect(first.receipt.protected).toMatchObject({ changed: 0 });
    expect(second.receipt.protected?.area).toBe(first.receipt.protected?.area);
  });

  it('is refused where it would cut it off or redraw it', async () => {
    await expect(edit(open([left]), crop('the blue square'))).rejects.toMatchObject({ code: 'protected' });
    const straighten = {
      tool: 'adjust_image',
      input: { ...everything, operation: 'straighten', parameters: { angle: 3 } },
    } as const;
    await expect(edit(open([left]), straighten)).rejects.toMatchObject({ code: 'protected' });
    await edit(open([{ phrase: 'yellow square' }]), straighten);
  });
});
