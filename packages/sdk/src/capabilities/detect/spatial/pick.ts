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

/** The first `count` in the order of a measure, and all that measure nearly the same as the last of them. Empty where there are fewer. */
export function pickFirst(
  detections: readonly Detection[],
  measure: (detection: Detection) => number,
  count: number,
  tolerance: number,
): readonly Detection[] {
  const values = detections.map(measure).sort((one, other) => one - other);
  const last = values.at(count - 1);
  if (last === undefined || count > values.length) return [];
  const next = values.at(count);
  const reach = next !== undefined && next - last <= tolerance ? tolerance : 0;
  return detections.filter((detection) => measure(detection) <= last + reach + 1e-9);
}
