import type { Box, CallContext, Capability, Image, Mask, SegmentRequest, SegmentResponse } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import { type ColourShare, dominantColours } from './dominant-colours.ts';

type Segment = Capability<SegmentRequest, SegmentResponse>;

/** The colours of what a box holds: of its outline where `segment` finds one, else of the middle of the box. */
export async function coloursOf(
  segment: Segment | undefined,
  image: Image,
  box: Box,
  context: CallContext,
): Promise<readonly ColourShare[]> {
  const request = { image, box };
  const mask = segment?.able(request) === true ? await maskOf(segment, request, context) : undefined;
  return mask ? dominantColours(image, mask.bounds ?? box, mask) : dominantColours(image, box);
}

/** Undefined where nothing stands out from its surroundings: the box is then all there is to go by. */
async function maskOf(segment: Segment, request: SegmentRequest, { signal }: CallContext): Promise<Mask | undefined> {
  try {
    const { mask } = await segment.run(request, signal ? { signal } : {});
    return mask.area > 0 ? mask : undefined;
  } catch (error) {
    if (AtelierError.isInstance(error) && error.code === 'no-match') return undefined;
    throw error;
  }
}
