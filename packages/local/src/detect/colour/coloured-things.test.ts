import { Image } from '@atelier/sdk';
import { findPixelOperation } from '@atelier/sdk/adjust';
import { describe, expect, it } from 'vitest';
import { createSegment } from '../../segment/create-segment.ts';
import { photo, runInProcess } from '../__fixtures__/photo.ts';
import { createDetect } from '../detect.ts';

const detect = createDetect(runInProcess);
const find = async (image: Image, ...phrases: string[]) => await detect.run({ image, phrases }, {});

/** A photograph whose first thing of a kind is painted over, as a person would ask for it. */
async function repainted(name: string, noun: string, colour: string): Promise<Image> {
  const image = await photo(name);
  const [thing] = await find(image, noun);
  if (!thing) throw new Error(`no ${noun} in ${name}`);
  const { mask } = await createSegment(runInProcess).run({ image, box: thing.box }, {});
  const alpha = mask.data.map((value) => value * 255);
  const data = findPixelOperation('recolour').apply(image, { colour }, alpha);
  return await Image.fromPixels({ width: image.width, height: image.height, data });
}

describe('things of a colour', () => {
  it.each([
    ['coffee.png', 'red cup', '빨간 컵', ['blue cup', 'green cup', 'white cup', '검은 컵', 'navy cup']],
    ['chelsea.png', 'brown dog', '갈색 개', ['black dog', 'white dog', '파란 개']],
    ['astronaut.png', 'orange person', '주황색 사람', ['blue person', 'green person', 'black person']],
  ])('%s has a %s and no other', async (name, english, korean, others) => {
    const image = await photo(name);
    const [noun = ''] = english.split(' ').slice(1);
    const plain = await find(image, noun);
    for (const phrase of [english, korean]) {
      const [one, ...more] = await find(image, phrase);
      expect(more).toEqual([]);
      expect(one).toMatchObject({ label: plain[0]?.label, box: plain[0]?.box, phrase });
      expect(one?.score).toBeLessThanOrEqual(plain[0]?.score ?? 0);
    }
    for (const phrase of others) expect(await find(image, phrase), phrase).toEqual([]);
  });

  it('sees the new colour of a cup that was painted, and the old one no more', async () => {
    const image = await repainted('coffee.png', 'cup', 'blue');
    expect(await find(image, 'blue cup')).toHaveLength(1);
    expect(await find(image, '파란 컵')).toHaveLength(1);
    expect(await find(image, 'red cup')).toEqual([]);
  });

  it('finds the one of two cups that was painted', async () => {
    const image = await repainted('two-cups.png', 'cup', 'green');
    const [green, ...others] = await find(image, 'green cup');
    const [red, ...more] = await find(image, 'red cup');
    expect([others, more]).toEqual([[], []]);
    expect(Math.abs((green?.box.x ?? 0) - (red?.box.x ?? 0))).toBeGreaterThan(400);
  });

  it('finds whatever is white', async () => {
    const found = await find(await photo('coffee.png'), 'white one');
    expect(found.map(({ label }) => label)).toEqual(['thing']);
    expect(found[0]?.box.y).toBeLessThan(40);
  });
});
