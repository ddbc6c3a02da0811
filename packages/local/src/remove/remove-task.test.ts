import { expect, it } from 'vitest';
import { fillHole } from './fill-hole.ts';
import removeTask from './remove-task.ts';

it('fills as the function does and reports progress', async () => {
  const data = Uint8Array.from({ length: 40 * 30 * 4 }, (_value, index) => (index % 4 === 3 ? 255 : (index * 7) % 251));
  const hole = new Uint8Array(40 * 30);
  for (let y = 10; y < 20; y++) hole.fill(1, y * 40 + 12, y * 40 + 26);
  const told: number[] = [];
  const input = { width: 40, height: 30, data, hole, seed: 9 };
  const output = await removeTask(input, (fraction) => told.push(fraction));
  expect(output.data).toEqual(fillHole({ width: 40, height: 30, data }, hole, { seed: 9 }));
  expect(told.at(-1)).toBe(1);
});
