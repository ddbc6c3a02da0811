/** Index of the first byte that is neither 0 nor 1, or -1. A loop: masks have millions, and callbacks take ten times as long. */
export function firstWrongBoolean(bytes: Uint8Array): number {
  for (let index = 0; index < bytes.length; index++) if ((bytes[index] ?? 0) > 1) return index;
  return -1;
}
