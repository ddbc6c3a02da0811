import { AtelierError } from '../../errors/atelier-error.ts';
import { type Box, iou } from '../../image/geometry.ts';
import type { Image } from '../../image/image.ts';
import { detectNouns } from '../detect/detect.ts';
import { route } from '../route.ts';
import type { Verification } from '../shared/receipt.ts';
import { type CallOptions, callContext, type VisionContext } from '../vision-context.ts';
import { honestly } from './honestly.ts';
import { samePlace } from './verify-removed.ts';

export interface PaintingClaim {
  readonly after: Image;
  /** The bounds of the edited mask. */
  readonly box: Box;
  /** What should be there: "a golden retriever". */
  readonly prompt: string;
}

/** Painted = the wanted thing is detected with IoU >= 0.3 there or, where the detector cannot know it, affirmed by `ask`. */
export function verifyPainted(
  context: VisionContext,
  claim: PaintingClaim,
  options: CallOptions = {},
): Promise<Verification> {
  return honestly(async () => {
    try {
      return await isSeen(context, claim, options);
    } catch (error) {
      if (!AtelierError.isInstance(error) || error.code === 'backend-failed') throw error;
      return isAffirmed(context, claim, options);
    }
  });
}

async function isSeen(context: VisionContext, claim: PaintingClaim, options: CallOptions): Promise<Verification> {
  const request = { image: claim.after, phrases: [claim.prompt] };
  const { backend, capability } = route(context.backends, 'detect', request);
  const seen = (await detectNouns(context, claim.after, [claim.prompt], options)).find(
    ({ box }) => iou(box, claim.box) >= samePlace,
  );
  const by = `${backend} (${capability.model})`;
  if (!seen) return { ok: false, reason: `"${claim.prompt}" is not seen there`, by };
  return { ok: true, reason: `"${claim.prompt}" is seen there (${Math.round(seen.score * 100)} %)`, by };
}

async function isAffirmed(context: VisionContext, claim: PaintingClaim, options: CallOptions): Promise<Verification> {
  const request = {
    image: claim.after,
    question: `Is there ${claim.prompt} in this picture? Answer yes or no.`,
    language: 'en' as const,
  };
  const { backend, capability } = route(context.backends, 'ask', request);
  const { answer } = await capability.run(request, callContext(options));
  const ok = /^\s*yes\b/i.test(answer);
  return { ok, reason: `asked whether it is there: "${answer.trim()}"`, by: `${backend} (${capability.model})` };
}
