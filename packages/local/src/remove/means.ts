import type { Level, PatchSet } from './level.ts';

/** Computes anew the mean colour of every whole patch; needed after the filled pixels changed. */
export function updateMeans(level: Level, patches: PatchSet): void {
  const { width, height, colour } = level;
  const { radius, mean } = patches;
  const side = 2 * radius + 1;
  const area = side * side;
  const columns = new Int32Array(width * 4);
  for (let y = 0; y < height; y++) {
    for (let byte = 0; byte < width * 4; byte++) {
      columns[byte] += colour[y * width * 4 + byte];
      if (y >= side) columns[byte] -= colour[(y - side) * width * 4 + byte];
    }
    if (y < side - 1) continue;
    const row = (y - radius) * width * 4;
    for (let channel = 0; channel < 4; channel++) {
      let sum = 0;
      for (let x = 0; x < width; x++) {
        sum += columns[x * 4 + channel];
        if (x >= side) sum -= columns[(x - side) * 4 + channel];
        if (x >= side - 1) mean[row + (x - radius) * 4 + channel] = (sum + (area >> 1)) / area;
      }
    }
  }
}
