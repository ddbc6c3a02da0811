import { blendPixel } from '../blend.ts';
import { type Box, clipBox, growBox, type Point, roundBoxOut } from '../geometry.ts';
import type { Mask } from '../mask.ts';
import type { Pixels } from '../pixels.ts';
import { inSlices } from '../slices.ts';
import type { Colour } from './colours.ts';

const dark: Colour = [20, 22, 26];

/** Lays `colour` over one pixel of `canvas` with the weight 1..255. */
function paintPixel(canvas: Pixels, index: number, pixel: Uint8Array, weight: number): void {
  const at = index * 4;
  if (weight === 255) canvas.data.set(pixel, at);
  else blendPixel(canvas.data, at, canvas.data, at, pixel, 0, weight);
}

function fillRect(canvas: Pixels, rect: Box, colour: Colour, weight: number): void {
  const inside = clipBox(roundBoxOut(rect), canvas);
  if (!inside) return;
  const pixel = Uint8Array.of(...colour, 255);
  for (let y = inside.y; y < inside.y + inside.height; y++) {
    for (let x = inside.x; x < inside.x + inside.width; x++) paintPixel(canvas, y * canvas.width + x, pixel, weight);
  }
}

/** A frame in `colour` between two dark hairlines, drawn inwards from the box's edge so that it stays in the picture. */
export function paintFrame(canvas: Pixels, box: Box, colour: Colour, thickness: number, dashed: boolean): void {
  const outer = clipBox(roundBoxOut(box), canvas);
  if (!outer) return;
  const line = Math.max(1, Math.min(thickness, Math.floor(Math.min(outer.width, outer.height) / 3)));
  const hairline = Math.max(1, Math.round(line / 4));
  paintEdges(canvas, growBox(outer, hairline), line + 2 * hairline, dark, 150, undefined);
  paintEdges(canvas, outer, line, colour, 255, dashed ? line * 5 : undefined);
}

function paintEdges(
  canvas: Pixels,
  box: Box,
  line: number,
  colour: Colour,
  weight: number,
  dash: number | undefined,
): void {
  const { x, y, width, height } = box;
  for (const top of [y, y + height - line]) paintRun(canvas, { x, y: top, width, height: line }, colour, weight, dash);
  // Without the corners, which the rows above have drawn.
  const middle = { y: y + line, width: line, height: height - 2 * line };
  for (const left of [x, x + width - line]) paintRun(canvas, { ...middle, x: left }, colour, weight, dash);
}

function paintRun(canvas: Pixels, run: Box, colour: Colour, weight: number, dash: number | undefined): void {
  if (dash === undefined) {
    fillRect(canvas, run, colour, weight);
    return;
  }
  const across = run.width > run.height;
  const length = across ? run.width : run.height;
  for (let from = 0; from < length; from += dash * 2) {
    const piece = Math.min(dash, length - from);
    const part = across ? { ...run, x: run.x + from, width: piece } : { ...run, y: run.y + from, height: piece };
    fillRect(canvas, part, colour, weight);
  }
}

/** Tints the mask's pixels and follows its edge with a line in full colour inside and a dark one outside. */
export async function paintMask(
  canvas: Pixels,
  mask: Mask,
  colour: Colour,
  thickness: number,
  signal?: AbortSignal,
): Promise<void> {
  const { bounds } = mask;
  if (!bounds) return;
  const hairline = Math.max(1, Math.round(thickness / 4));
  const area = clipBox(growBox(bounds, hairline), canvas);
  if (!area) return;
  const pixel = Uint8Array.of(...colour, 255);
  const darkPixel = Uint8Array.of(...dark, 255);
  const inner = ringOffsets(thickness);
  const outer = ringOffsets(hairline);
  const isSet = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < mask.width && y < mask.height && mask.data[y * mask.width + x] !== 0;
  const paintRow = (y: number): void => {
    for (let x = area.x; x < area.x + area.width; x++) {
      const index = y * canvas.width + x;
      if (mask.data[index] !== 0) {
        const isEdge = inner.some((offset) => !isSet(x + offset.x, y + offset.y));
        paintPixel(canvas, index, pixel, isEdge ? 255 : 110);
      } else if (outer.some((offset) => isSet(x + offset.x, y + offset.y))) {
        paintPixel(canvas, index, darkPixel, 190);
      }
    }
  };
  await inSlices(
    area.height,
    (from, to) => {
      for (let row = from; row < to; row++) paintRow(area.y + row);
    },
    { signal },
  );
}

/** Eight points on a circle: enough to tell whether an edge is nearer than the radius. */
const ringOffsets = (radius: number): Point[] =>
  Array.from({ length: 8 }, (_, step) => ({
    x: Math.round(Math.cos((step * Math.PI) / 4) * radius),
    y: Math.round(Math.sin((step * Math.PI) / 4) * radius),
  }));

/** Lays a small picture with straight alpha over the canvas. */
export function paintPatch(canvas: Pixels, patch: Pixels, at: Point): void {
  const pixel = new Uint8Array(4);
  for (let y = 0; y < patch.height; y++) {
    for (let x = 0; x < patch.width; x++) {
      const source = (y * patch.width + x) * 4;
      const weight = patch.data[source + 3] ?? 0;
      if (weight === 0 || at.x + x >= canvas.width || at.y + y >= canvas.height) continue;
      pixel.set(patch.data.subarray(source, source + 3));
      pixel[3] = 255;
      paintPixel(canvas, (at.y + y) * canvas.width + at.x + x, pixel, weight);
    }
  }
}
