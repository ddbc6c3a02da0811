/** Elements of a shape: 1 for `[]`, 0 where a side is 0. `undefined` where a side is no size, or the product overflows. */
export function elementCount(shape: readonly unknown[]): number | undefined {
  let count = 1;
  let isEmpty = false;
  for (const side of shape) {
    if (typeof side !== 'number' || !Number.isSafeInteger(side) || side < 0) return undefined;
    if (side === 0) isEmpty = true;
    else count *= side;
  }
  if (isEmpty) return 0;
  return Number.isSafeInteger(count) ? count : undefined;
}
