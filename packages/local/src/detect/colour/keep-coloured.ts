import type { CallContext, Capability, Image, Mask, SegmentRequest, SegmentResponse } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import type { RawDetection } from '../raw-detection.ts';
import { colourShare } from './colour-share.ts';
import type { ColourWish } from './colour-wish.ts';
import { samplesInBox, samplesInMask, type ThingSample } from './foreground.ts';

/** A thing of the colour asked for, and its share of that colour, 0..1. */
export interface Coloured extends RawDetection {
  readonly share: number;
}

type Segment = Capability<SegmentRequest, SegmentResponse>;

/** From this share on a glance at the box settles that it has the colour; below the other, that it has not. */
const surely = 0.45;
const surelyNot = 0.08;
/** A thing's main colour has at least this share of it: folds, handles, contents and prints take the rest. */
const main = 0.27;
/** Beside a thing that is plainly of the colour, one with less than this much of its share is of another. */
const besideBest = 0.6;
/** Cutting out costs half a second each. */
const mostCuts = 2;
/** Of a vessel the upper half shows what is in it. */
const vessels = new Set(['cup', 'bowl', 'wine glass', 'vase', 'potted plant']);

/**
 * Of the things found, those whose own pixels have the colour, best first. The colours of a box without its surroundings
 * settle most; the unsettled are cut out.
 */
export async function keepColoured(
  things: readonly { readonly detection: RawDetection; readonly label: string }[],
  colour: ColourWish,
  { image, segment, context }: { readonly image: Image; readonly segment: Segment; readonly context: CallContext },
): Promise<readonly Coloured[]> {
  const glanced = things.map((thing) => {
    const share = colourShare(ownPart(samplesInBox(image, thing.detection.box), thing.label), colour);
    return { ...thing, share };
  });
  const unsettled = glanced
    .filter(({ share }) => share > surelyNot && share < surely)
    .sort((one, other) => other.detection.score - one.detection.score)
    .slice(0, mostCuts);
  const coloured: Coloured[] = [];
  for (const thing of glanced) {
    const mask = unsettled.includes(thing)
      ? await cutOut(segment, { image, box: thing.detection.box }, context)
      : undefined;
    const share = mask ? colourShare(ownPart(samplesInMask(image, mask), thing.label), colour) : thing.share;
    if (share >= main) coloured.push({ ...thing.detection, share });
  }
  const best = Math.max(0, ...coloured.map(({ share }) => share));
  return coloured
    .filter(({ share }) => share >= besideBest * best)
    .sort((a, b) => b.share * b.score - a.share * a.score);
}

const ownPart = (samples: readonly ThingSample[], label: string): readonly ThingSample[] =>
  vessels.has(label) ? samples.filter(({ height }) => height > 0.5) : samples;

/** Undefined where nothing stands out from its surroundings: the glance is then all there is to go by. */
async function cutOut(segment: Segment, request: SegmentRequest, { signal }: CallContext): Promise<Mask | undefined> {
  try {
    const { mask } = await segment.run(request, signal ? { signal } : {});
    return mask.area > 0 ? mask : undefined;
  } catch (error) {
    if (AtelierError.isInstance(error) && error.code === 'no-match') return undefined;
    throw error;
  }
}
