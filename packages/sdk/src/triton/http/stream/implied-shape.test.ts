import { describe, expect, it } from 'vitest';
import { impliedShape } from './implied-shape.ts';

describe('impliedShape', () => {
  it.each([
    [[-1], 5, [5]],
    [[-1], 0, [0]],
    [[1], 1, [1]],
    [[], 1, []],
    [[-1, 4], 8, [2, 4]],
    [[-1, -1], 6, [1, 6]],
    [[-1, 2, -1], 6, [1, 2, 3]],
    [[2, 3], 6, [2, 3]],
  ])('of %j and %i elements is %j', (dimensions, count, shape) => {
    expect(impliedShape(dimensions, count)).toEqual(shape);
  });

  it.each([
    [[1], 2],
    [[], 2],
    [[-1, 4], 6],
    [[2, 3], 0],
    [[-1, 0], 4],
  ])('of %j and %i elements is none', (dimensions, count) => {
    expect(impliedShape(dimensions, count)).toBeUndefined();
  });
});
