import { growBox } from '@atelier/sdk/image';
import { describe, expect, it } from 'vitest';
import { holesApart } from './holes-apart.ts';

const size = { width: 600, height: 200 };
const holeOf = (...boxes: readonly (readonly [x: number, y: number, width: number, height: number])[]) => {
  const hole = new Uint8Array(size.width * size.height);
  for (const [x, y, width, height] of boxes) {
    for (let row = y; row < y + height; row++) hole.fill(1, row * size.width + x, row * size.width + x + width);
  }
  return hole;
};
const apart = (hole: Uint8Array) => holesApart(hole, size, (bounds) => growBox(bounds, 50));

describe('holes apart', () => {
  it('are parted when neither reaches the other, and hold every pixel once', () => {
    const hole = holeOf([20, 20, 60, 80], [300, 50, 40, 40], [500, 10, 50, 150]);
    const parts = apart(hole);
    expect(parts).toHaveLength(3);
    const sum = hole.map((_, index) => parts.reduce((total, part) => total + part[index], 0));
    expect(Buffer.compare(sum, hole)).toBe(0);
  });

  it('stay together when they are near, also by way of a third', () => {
    expect(apart(holeOf([20, 20, 60, 80], [120, 20, 60, 80]))).toHaveLength(1);
    expect(apart(holeOf([20, 20, 60, 80], [200, 20, 60, 80]))).toHaveLength(2);
    expect(apart(holeOf([20, 20, 60, 80], [200, 20, 60, 80], [120, 30, 40, 40]))).toHaveLength(1);
  });

  it('are none in an empty mask', () => {
    expect(apart(holeOf())).toEqual([]);
  });
});
