import { AtelierError, type AtelierErrorCode } from '../../errors/atelier-error.ts';
import { type Box, boxArea, clipBox, growBox, iou, roundBoxOut } from '../../image/geometry.ts';
import { Image } from '../../image/image.ts';
import { cropPixels } from '../../image/resize.ts';
import { detectNouns } from '../detect/detect.ts';
import { route } from '../route.ts';
import { runCapability } from '../run-capability.ts';
import type { Verification } from '../shared/receipt.ts';
import type { CallOptions, VisionContext } from '../vision-context.ts';
import { honestly } from './honestly.ts';
import { samePlace } from './verify-removed.ts';

export interface PaintingClaim {
  readonly after: Image;
  /** The bounds of the edited mask. */
  readonly box: Box;
  /** What should be there: "a golden retriever". */
  readonly prompt: string;
}

/** Only a detector that does not know the thing leads to a question; one that failed or was stopped does not. */
const cannotKnow: ReadonlySet<AtelierErrorCode> = new Set(['capability-unavailable', 'phrase-unknown']);

/** Painted = the wanted thing is detected with IoU >= 0.3 there or, where the detector cannot know it, affirmed by `ask`. */
export function verifyPainted(
  context: VisionContext,
  claim: PaintingClaim,
  options: CallOptions = {},
): Promise<Verification> {
  return honestly(options.signal, async () => {
    try {
      return await isSeen(context, claim, options);
    } catch (error) {
      if (!AtelierError.isInstance(error) || !cannotKnow.has(error.code)) throw error;
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
    image: await surroundings(claim),
    question: `Is there ${claim.prompt} in this picture? Answer yes or no.`,
    language: 'en' as const,
  };
  const routed = route(context.backends, 'ask', request);
  const { answer } = await runCapability('ask', routed, request, options);
  const ok = /^\s*yes\b/i.test(answer);
  return {
    ok,
    reason: `asked whether it is there: "${answer.trim()}"`,
    by: `${routed.backend} (${routed.capability.model})`,
  };
}

/** The claim is about one place: what else the picture shows must not answer for it. Half the region's side is left around it. */
async function surroundings({ after, box }: PaintingClaim): Promise<Image> {
  const margin = Math.max(16, Math.round(0.5 * Math.sqrt(boxArea(box))));
  const part = clipBox(roundBoxOut(growBox(box, margin)), after);
  return part ? Image.fromPixels(cropPixels(after, part)) : after;
}
