import { describe, expect, it } from 'vitest';
import { withData } from '../__fixtures__/pixels.ts';
import { type Cup, cup } from '../pixel-work/__fixtures__/cup.ts';
import { chromaOf, hueDistance, hueOf, linearOfByte, oklabOfLinear } from '../pixel-work/oklab.ts';
import { recolour } from './recolour.ts';

const blue = { colour: 'blue' };

/** Share of the region that changed visibly, and the mean hue of what did. */
function painted({ pixels, alpha }: Cup, after: Uint8Array): { share: number; hue: number; chroma: number } {
  let [count, changed] = [0, 0];
  const sums: [number, number, number] = [0, 0, 0];
  for (let index = 0; index < alpha.length; index++) {
    if (alpha[index] === 0) continue;
    count++;
    let difference = 0;
    for (let channel = 0; channel < 3; channel++) {
      difference += Math.abs(after[index * 4 + channel] - pixels.data[index * 4 + channel]);
    }
    if (difference <= 40) continue;
    changed++;
    for (let channel = 0; channel < 3; channel++) sums[channel] += linearOfByte[after[index * 4 + channel]];
  }
  const lab = oklabOfLinear([sums[0] / changed, sums[1] / changed, sums[2] / changed]);
  return { share: changed / count, hue: hueOf(lab), chroma: chromaOf(lab) };
}

const at = ({ pixels }: Cup, after: Uint8Array, x: number, y: number): readonly number[] => {
  const index = Math.floor(y * pixels.height) * pixels.width + Math.floor(x * pixels.width);
  return [...after.subarray(index * 4, index * 4 + 3)];
};

const isBlue = ([red, , blueness]: readonly number[]): boolean => blueness > red + 30;

describe.each(['whole', 'upper'] as const)('recolours the red outside of the %s cup', (part) => {
  it('alike at every size and through JPEG', { timeout: 60_000 }, async () => {
    const small = await cup(600, part);
    const reference = painted(small, recolour.apply(small.pixels, blue, small.alpha));
    expect(reference.share).toBeGreaterThan(part === 'whole' ? 0.25 : 0.1);
    expect(reference.share).toBeLessThan(0.4);
    expect(hueDistance(reference.hue, 264)).toBeLessThan(12);
    const others = [await cup(1200, part), await cup(2400, part), await cup(4243, part), await cup(2400, part, 50)];
    for (const thing of others) {
      const after = recolour.apply(thing.pixels, blue, thing.alpha);
      const result = painted(thing, after);
      expect(Math.abs(result.share - reference.share)).toBeLessThan(0.02);
      expect(hueDistance(result.hue, reference.hue)).toBeLessThan(3);
      expect(Math.abs(result.chroma - reference.chroma)).toBeLessThan(0.015);
      const evidence = recolour.measure(thing.pixels, withData(thing.pixels, after), blue, thing.alpha);
      expect(evidence).toMatchObject({ done: true });
    }
  });

  it.each([600, 2400])('and leaves the white, the rim and the coffee alone at %d', async (width) => {
    const thing = await cup(width, part);
    const after = recolour.apply(thing.pixels, blue, thing.alpha);
    expect(isBlue(at(thing, after, 0.45, 0.69)), 'body').toBe(true);
    const others = { rim: [0.5, 0.04], wall: [0.3, 0.2], coffee: [0.45, 0.5], 'edge of the coffee': [0.35, 0.31] };
    for (const [name, [x, y]] of Object.entries(others)) {
      const [old, now] = [at(thing, thing.pixels.data, x, y), at(thing, after, x, y)];
      const difference = Math.max(...old.map((value, channel) => Math.abs(value - now[channel])));
      expect(difference, name).toBeLessThan(12);
    }
  });
});

describe('the check of a recoloured thing', () => {
  it('fails where another part than the main colour was painted', async () => {
    const thing = await cup(600, 'whole');
    const after = Uint8Array.from(thing.pixels.data);
    // The white inside and the coffee turn blue, the red body does not.
    for (let index = 0; index < thing.alpha.length; index++) {
      const [red, green] = [after[index * 4], after[index * 4 + 1]];
      if (green > red * 0.45) after.set([40, 80, 200], index * 4);
    }
    const evidence = recolour.measure(thing.pixels, withData(thing.pixels, after), blue, thing.alpha);
    expect(evidence.done).toBe(false);
    expect(evidence.evidence).toMatch(/^\d+ % of the region repainted, \d+ % of its main colour/);
  });

  it('fails where hardly anything was painted', async () => {
    const thing = await cup(600, 'whole');
    const after = Uint8Array.from(thing.pixels.data);
    const whole = recolour.apply(thing.pixels, blue, thing.alpha);
    const from = Math.floor(thing.pixels.height * 0.9) * thing.pixels.width * 4;
    after.set(whole.subarray(from), from);
    expect(recolour.measure(thing.pixels, withData(thing.pixels, after), blue, thing.alpha).done).toBe(false);
  });
});
