import { z } from 'zod';
import type { Pixels } from '../../../image/pixels.ts';
import { largestBoxInside } from '../../shared/reframe.ts';
import { differenceAfterTurn } from '../frame-work/difference-after-turn.ts';
import { findTilt, mostTilt } from '../frame-work/find-tilt.ts';
import type { Frame, FrameDecision, FrameOperation } from '../operation.ts';
import { straightenPhrasings } from '../phrasing/straighten-phrasings.ts';

const parameters = z
  .object({
    angle: z
      .number()
      .min(-45)
      .max(45)
      .optional()
      .describe(
        `Degrees to turn the picture, clockwise, -45 to 45. Left out: found from its long lines, horizons and uprights, up to ${mostTilt}.`,
      ),
  })
  .strict();

type StraightenParameters = z.infer<typeof parameters>;

/** Nobody sees less, and turning costs sharpness. Degrees. */
const level = 0.2;
/** What may be left after turning. Degrees. */
const leftOver = 0.5;
/** Mean difference to the turned original, 0..255, that interpolation explains. */
const sameAsTurned = 4;

/** The largest box inside the turned picture, in whole pixels. */
function frameOf({ width, height }: Pixels, angle: number): FrameDecision {
  const box = largestBoxInside({ width, height }, angle);
  const [x, y] = [Math.ceil(box.x - 1e-9), Math.ceil(box.y - 1e-9)];
  const crop = {
    x,
    y,
    width: Math.floor(box.x + box.width + 1e-9) - x,
    height: Math.floor(box.y + box.height + 1e-9) - y,
  };
  if (crop.width < 1 || crop.height < 1) return { unchanged: 'the picture is too narrow to be turned' };
  return { frame: { angle, crop } };
}

const degrees = (angle: number): string => `${angle.toFixed(1)}°`;

async function evidenceOf(before: Pixels, after: Pixels, frame: Frame, signal?: AbortSignal) {
  const difference = await differenceAfterTurn(before, after, frame, signal);
  const turned = `turned by ${degrees(frame.angle)} clockwise and cut to ${after.width} x ${after.height} pixels (mean difference to the turned original ${difference.toFixed(1)} of 255)`;
  return { isTurned: difference <= sameAsTurned, turned };
}

export const straighten: FrameOperation<StraightenParameters> = {
  kind: 'frame',
  name: 'straighten',
  description:
    'Level a crooked picture: turn it by a few degrees, and cut it down to the largest upright picture inside.',
  parameters,
  example: { angle: 2.5 },
  region: 'everything',
  phrasings: straightenPhrasings,
  async frame({ image, parameters: { angle }, signal }) {
    if (angle !== undefined) return angle === 0 ? { unchanged: 'a turn by 0° changes nothing' } : frameOf(image, angle);
    const tilt = await findTilt(image, signal);
    if (!tilt) return { unchanged: 'no long straight lines show how far the picture leans: say by how many degrees' };
    if (Math.abs(tilt.angle) < level) return { unchanged: 'the picture is level already', isAsAsked: true };
    return frameOf(image, -tilt.angle);
  },
  async measure(before, after, frame, { parameters: { angle }, signal }) {
    const { isTurned, turned } = await evidenceOf(before, after, frame, signal);
    if (angle !== undefined) return { done: isTurned, evidence: turned };
    const rest = await findTilt(after, signal);
    if (!rest) return { done: false, evidence: `${turned}; no lines were found again to check it` };
    const done = isTurned && Math.abs(rest.angle) <= leftOver;
    return { done, evidence: `${turned}; its lines lean by ${degrees(Math.abs(rest.angle))} now` };
  },
};
