import { distanceInside } from './distance-transform.ts';
import { foreignness } from './kinship.ts';

/** One step of the resolution pyramid. All arrays are row-major, one entry a pixel unless said otherwise. */
export interface Level {
  readonly width: number;
  readonly height: number;
  /** Four interleaved channels: red, green, blue and a guide (texture strength, or alpha where the picture has any). */
  readonly colour: Uint8Array;
  /** 1 = to be filled. */
  readonly hole: Uint8Array;
  /** 1 = must not be copied from: the hole and a thin ring around it. */
  readonly blocked: Uint8Array;
  /** 1 = of another material than the one to fill with; absent where there is only one. */
  readonly foreign?: Uint8Array;
}

/** Levels with more target patches than this are only refined, not searched anew. */
export const largeLevel = 120_000;

/** What a search on one level needs to know beside its pixels. */
export interface PatchSet {
  /** Half the side of a patch, in pixels; the side is `2 * radius + 1`. */
  readonly radius: number;
  /** 1 where the whole patch around a pixel may be copied from. */
  readonly source: Uint8Array;
  /** Mean of the patch centred on each pixel, four interleaved channels; see `updateMeans`. */
  readonly mean: Uint8Array;
  /** Added to the cost of copying from a patch; all zero where no preference holds. */
  readonly penalty: Int32Array;
  /** Number of ones in `source`. */
  readonly sourceCount: number;
  /** Pixel indices, in raster order, of every whole patch that touches the hole. */
  readonly targets: Int32Array;
}

/** Halves a level. A pixel with any hole below it is hole; colour is the mean of the known pixels below. */
export function halve(level: Level): Level {
  const width = (level.width + 1) >> 1;
  const height = (level.height + 1) >> 1;
  const colour = new Uint8Array(width * height * 4);
  const hole = new Uint8Array(width * height);
  const blocked = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const bottom = Math.min(2 * y + 1, level.height - 1);
    for (let x = 0; x < width; x++) {
      const right = Math.min(2 * x + 1, level.width - 1);
      const index = y * width + x;
      let red = 0;
      let green = 0;
      let blue = 0;
      let guide = 0;
      let known = 0;
      for (let v = 2 * y; v <= bottom; v++) {
        for (let u = 2 * x; u <= right; u++) {
          const child = v * level.width + u;
          if (level.blocked[child] === 1) blocked[index] = 1;
          if (level.hole[child] === 1) {
            hole[index] = 1;
            continue;
          }
          red += level.colour[child * 4];
          green += level.colour[child * 4 + 1];
          blue += level.colour[child * 4 + 2];
          guide += level.colour[child * 4 + 3];
          known++;
        }
      }
      if (known === 0) continue;
      const half = known >> 1;
      colour[index * 4] = (red + half) / known;
      colour[index * 4 + 1] = (green + half) / known;
      colour[index * 4 + 2] = (blue + half) / known;
      colour[index * 4 + 3] = (guide + half) / known;
    }
  }
  return { width, height, colour, hole, blocked };
}

/** Finds the patches to copy from and the patches to fill. */
export function patchSet(level: Level, radius: number): PatchSet {
  const { width, height } = level;
  const nearBlocked = dilate(level.blocked, width, height, radius);
  const nearHole = dilate(level.hole, width, height, radius);
  const source = new Uint8Array(width * height);
  let sourceCount = 0;
  let targetCount = 0;
  for (let y = radius; y < height - radius; y++) {
    for (let x = radius; x < width - radius; x++) {
      const index = y * width + x;
      if (nearHole[index] === 1) targetCount++;
      if (nearBlocked[index] === 0) {
        source[index] = 1;
        sourceCount++;
      }
    }
  }
  const targets = new Int32Array(targetCount);
  let next = 0;
  for (let y = radius; y < height - radius; y++) {
    for (let x = radius; x < width - radius; x++) {
      if (nearHole[y * width + x] === 1) targets[next++] = y * width + x;
    }
  }
  // On large levels matches only move a little, so a preference among distant ones has nothing to decide.
  const penalty = targetCount > largeLevel ? new Int32Array(source.length) : foreignness(level, radius);
  return { radius, source, mean: new Uint8Array(level.colour.length), penalty, sourceCount, targets };
}

/** Grows a binary mask by `radius` pixels in chessboard distance. */
export function dilate(mask: Uint8Array, width: number, height: number, radius: number): Uint8Array {
  const rows = new Uint8Array(mask.length);
  for (let y = 0; y < height; y++) spread(mask, rows, y * width, 1, width, radius);
  const grown = new Uint8Array(mask.length);
  for (let x = 0; x < width; x++) spread(rows, grown, x, width, height, radius);
  return grown;
}

/** Grows a binary line of `count` entries, `step` apart, in time linear in its length. */
function spread(from: Uint8Array, to: Uint8Array, start: number, step: number, count: number, radius: number): void {
  let lastSeen = -radius - 1;
  for (let ahead = 0, place = -radius; place < count; ahead++, place++) {
    if (ahead < count && from[start + ahead * step] === 1) lastSeen = ahead;
    if (place >= 0 && lastSeen >= place - radius) to[start + place * step] = 1;
  }
}

/** The thickness of the hole: the largest distance of a hole pixel to what is known, in pixels. */
export function holeDepth(level: Level): number {
  let deepest = 0;
  for (const value of distanceInside(level.hole, level.width, level.height)) if (value > deepest) deepest = value;
  return deepest;
}
