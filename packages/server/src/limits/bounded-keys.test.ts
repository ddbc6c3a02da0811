import { describe, expect, it } from 'vitest';
import { BoundedKeys } from './bounded-keys.ts';

describe('names for counters', () => {
  it('are one for each caller, and the same through a window', () => {
    const keys = new BoundedKeys({ most: 100, shared: 4, windowMs: 1000 });
    const names = Array.from({ length: 100 }, (_, at) => keys.nameOf(`caller ${at}`, 0));
    expect(new Set(names).size).toBe(100);
    expect(Array.from({ length: 100 }, (_, at) => keys.nameOf(`caller ${at}`, 999))).toEqual(names);
  });

  it('are never more than the bound, however many call, and those who came first keep theirs', () => {
    const keys = new BoundedKeys({ most: 100, shared: 4, windowMs: 1000 });
    const first = keys.nameOf('first', 0);
    const names = new Set(Array.from({ length: 20_000 }, (_, at) => keys.nameOf(`caller ${at}`, at / 100)));
    expect(names.size).toBeLessThanOrEqual(99 + 4);
    expect(keys.size).toBe(100);
    expect(keys.nameOf('first', 500)).toBe(first);
  });

  it('are free again when their window ends', () => {
    const keys = new BoundedKeys({ most: 2, shared: 1, windowMs: 1000 });
    const [one, two] = [keys.nameOf('one', 0), keys.nameOf('two', 500)];
    expect(keys.nameOf('three', 999)).toBe('shared-0');
    expect(keys.nameOf('three', 1000)).not.toBe('shared-0');
    expect(keys.nameOf('two', 1001)).toBe(two);
    expect(keys.nameOf('one', 1001)).toBe('shared-0');
    expect(keys.nameOf('one', 1500)).toBe(one);
    keys.nameOf('much later', 10_000);
    expect(keys.size).toBe(1);
  });

  it('cannot be foreseen from outside', () => {
    const options = { most: 1, shared: 1, windowMs: 1000 };
    expect(new BoundedKeys(options).nameOf('a')).not.toBe(new BoundedKeys(options).nameOf('a'));
  });
});
