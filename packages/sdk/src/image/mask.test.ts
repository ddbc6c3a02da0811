import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Mask } from './mask.ts';

const bits = (width: number, height: number) =>
  fc.uint8Array({ min: 0, max: 1, minLength: width * height, maxLength: width * height });

const mask = fc
  .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }))
  .chain(([width, height]) => bits(width, height).map((data) => new Mask(width, height, data)));

describe('Mask', () => {
  it('measures area and bounds', () => {
    fc.assert(
      fc.property(mask, (one) => {
        const set = [...one.data.keys()].filter((at) => one.data[at]);
        expect(one.area).toBe(set.length);
        if (set.length === 0) {
          expect(one.bounds).toBeUndefined();
          return;
        }
        const columns = set.map((at) => at % one.width);
        const rows = set.map((at) => Math.floor(at / one.width));
        const [x, y] = [Math.min(...columns), Math.min(...rows)];
        expect(one.bounds).toEqual({ x, y, width: Math.max(...columns) - x + 1, height: Math.max(...rows) - y + 1 });
      }),
    );
  });

  it('survives its JSON form with the same id', () => {
    fc.assert(
      fc.property(mask, (one) => {
        const again = Mask.fromRle(JSON.parse(JSON.stringify(one.toRle())));
        expect(again.data).toEqual(one.data);
        expect(again.id).toBe(one.id);
        expect(one.id).toMatch(/^mask_[0-9a-f]{32}$/);
      }),
    );
  });

  it('has one id for equal bits and another for every other mask', () => {
    const one = new Mask(2, 3, Uint8Array.of(0, 1, 0, 0, 1, 0));
    expect(new Mask(2, 3, Uint8Array.of(0, 255, 0, 0, 7, 0)).id).toBe(one.id);
    expect(new Mask(3, 2, one.data).id).not.toBe(one.id);
    expect(one.invert().id).not.toBe(one.id);
  });

  it('comes back from crop and placeOn', () => {
    fc.assert(
      fc.property(mask, (one) => {
        const { bounds } = one;
        if (!bounds) return;
        const part = one.crop(bounds);
        expect(part.area).toBe(one.area);
        expect(part.placeOn(one, bounds.x, bounds.y).data).toEqual(one.data);
      }),
    );
  });

  it('inverts twice to itself, any other value than 0 being set', () => {
    const one = new Mask(2, 2, Uint8Array.of(0, 9, 255, 1));
    expect([...one.invert().data]).toEqual([1, 0, 0, 0]);
    expect([...one.invert().invert().data]).toEqual([0, 1, 1, 1]);
  });

  it('covers a box, clipped to the picture', () => {
    expect(Mask.fromBox({ width: 10, height: 8 }, { x: 7.5, y: -3, width: 100, height: 5 }).bounds).toEqual({
      x: 7,
      y: 0,
      width: 3,
      height: 2,
    });
  });

  it.each([
    ['data of another length', () => new Mask(2, 2, new Uint8Array(3)), 'mask-invalid'],
    ['no width', () => new Mask(0, 2, new Uint8Array(0)), 'mask-invalid'],
    [
      'a crop that hangs over',
      () => new Mask(2, 2, new Uint8Array(4)).crop({ x: 1, y: 0, width: 2, height: 1 }),
      'invalid-input',
    ],
    [
      'a crop between pixels',
      () => new Mask(2, 2, new Uint8Array(4)).crop({ x: 0.5, y: 0, width: 1, height: 1 }),
      'invalid-input',
    ],
    [
      'a place outside',
      () => new Mask(2, 2, new Uint8Array(4)).placeOn({ width: 3, height: 3 }, 2, 0),
      'invalid-input',
    ],
  ])('refuses %s', (_name, make, code) => {
    expect(make).toThrow(expect.objectContaining({ code }));
  });
});
