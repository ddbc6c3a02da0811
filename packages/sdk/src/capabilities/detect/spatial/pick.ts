import type { Detection } from '../contract.ts';

/**
 * The detection at a place in the order of a measure, smallest first, and all that measure nearly the same as it:
 * within `tolerance`, which of them is meant cannot be told. `index` counts from 1; -1 is the last. Empty where there
 * are not so many.
 */
export function pick(
  detections: readonly Detection[],
  measure: (detection: Detection) => number,
  index: number,
  tolerance: number,
): readonly Detection[] {
  const values = detections.map(measure).sort((one, other) => one - other);
  const value = values.at(index > 0 ? index - 1 : index);
  if (value === undefined) return [];
  // The sliver on top keeps the answer free of rounding: a scaled picture gives the same one.
  return detections.filter((detection) => Math.abs(measure(detection) - value) <= tolerance + 1e-9);
}
