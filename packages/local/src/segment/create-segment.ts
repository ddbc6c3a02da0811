import type { Box, Capability, SegmentRequest, SegmentResponse } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import { clipBox, cropPixels, Mask } from '@atelier/sdk/image';
import type { RunTask } from '../worker/pool.ts';
import type { SegmentInput, SegmentOutput } from './segment-message.ts';
import { surroundingsOf } from './surroundings.ts';

/**
 * Cuts a thing out by its box, by points on and beside it, or both: cheapest cuts by colour, grain and place in the
 * manner of GrabCut on a reduced picture, for the box as given and for the ways in which detectors' boxes tend to be
 * wrong; the best is drawn at full size by a guided filter. It may reach beyond the box. Equal requests give equal masks.
 *
 * The score is measured, not learned: the share of the outline that lies on a visible edge, times the overlap (IoU) of
 * the mask's bounds with the box that was given or grown from the points. It tells an outline that is made up or that
 * belies its box; it cannot tell that another thing was meant (a saucer with its cup has a plain outline too). Below 0.5
 * look before you use it.
 */
export function createSegment(runTask: RunTask): Capability<SegmentRequest, SegmentResponse> {
  return {
    model: 'grabcut',
    able(request) {
      if (request.box || request.points?.length) return true;
      return { code: 'capability-unavailable', hint: 'Say where the thing is: give a box, points, or both.' };
    },
    async run(request, { signal, progress }) {
      const { image } = request;
      const { part, input } = prepare(request);
      const output = await runTask<SegmentInput, SegmentOutput | undefined>('segment', input, {
        transfer: [input.data.buffer],
        ...(signal && { signal }),
        ...(progress && { progress }),
      });
      if (!output) throw nothingFound();
      const { box } = output;
      const mask = new Mask(box.width, box.height, output.data).placeOn(image, part.x + box.x, part.y + box.y);
      return { mask, score: output.score };
    },
  };
}

interface Prepared {
  readonly part: Box;
  readonly input: SegmentInput & { readonly data: Uint8Array<ArrayBuffer> };
}

/** Sends only what the worker looks at: the box and its surroundings, or the whole picture to find a box in. */
function prepare({ image, box, points = [] }: SegmentRequest): Prepared {
  for (const point of points) {
    if (point.x >= 0 && point.y >= 0 && point.x <= image.width && point.y <= image.height) continue;
    throw outside(`The point (${point.x}, ${point.y})`, image);
  }
  const clipped = box && clipBox(box, image);
  if (box && !(clipped && box.width > 0 && box.height > 0)) {
    throw outside(`The box at (${box.x}, ${box.y}) of ${box.width} x ${box.height}`, image);
  }
  if (!clipped && !points.some(({ positive }) => positive)) {
    throw new AtelierError({
      code: 'invalid-input',
      message: 'Neither a box nor a point on the thing says where it is.',
      hint: 'Give a box, or at least one point with positive: true.',
    });
  }
  const whole: Box = { x: 0, y: 0, width: image.width, height: image.height };
  const target =
    clipped &&
    reachTo(
      clipped,
      points.filter((point) => point.positive),
    );
  const part = target ? surroundingsOf(target, image) : whole;
  const inPart = points
    .map((point) => ({ ...point, x: point.x - part.x, y: point.y - part.y }))
    .filter(({ x, y }) => x >= 0 && y >= 0 && x <= part.width && y <= part.height);
  const localBox = target && { ...target, x: target.x - part.x, y: target.y - part.y };
  return { part, input: { ...cropPixels(image, part), box: localBox, points: inPart } };
}

/** The box, grown where needed to hold every point on the thing. */
function reachTo(box: Box, points: readonly { x: number; y: number }[]): Box {
  const x = Math.min(box.x, ...points.map((point) => point.x));
  const y = Math.min(box.y, ...points.map((point) => point.y));
  const right = Math.max(box.x + box.width, ...points.map((point) => point.x));
  const bottom = Math.max(box.y + box.height, ...points.map((point) => point.y));
  return { x, y, width: right - x, height: bottom - y };
}

const outside = (what: string, { width, height }: { width: number; height: number }): AtelierError =>
  new AtelierError({
    code: 'invalid-input',
    message: `${what} lies outside the picture of ${width} x ${height} or is empty.`,
    hint: `Coordinates are pixels of the upright picture: 0..${width} across and 0..${height} down.`,
  });

const nothingFound = (): AtelierError =>
  new AtelierError({
    code: 'no-match',
    message: 'Nothing at that place stands out from what surrounds it.',
    hint: 'Draw the box a little larger, or mark the thing with points on it and beside it.',
  });
