import type { CallContext, Capability } from '../../capabilities/capability.ts';
import type { GenerateRequest } from '../../capabilities/generate/contract.ts';
import type { InpaintRequest } from '../../capabilities/inpaint/contract.ts';
import type { RemoveRequest } from '../../capabilities/remove/contract.ts';
import { encodeImage } from '../../image/encode.ts';
import type { Pixels } from '../../image/pixels.ts';
import { placeMask, placePicture, planCanvas, takeFromCanvas } from './canvas.ts';
import type { ModelCalls } from './connection.ts';
import { encodeMaskPng } from './mask-png.ts';
import type { Settings } from './options.ts';
import { paint } from './paint.ts';

/** A removal has no words of its own. What it must not paint is anything that could be called a thing. */
const emptiness = {
  prompt: 'the empty background, continued seamlessly from its surroundings, same light, same texture',
  negativePrompt: 'object, thing, person, animal, text, logo, watermark, shadow, frame, blurry, artefacts',
} as const;

/** Repaints what the mask covers, from words. */
export function createInpaint(
  calls: ModelCalls,
  model: string,
  settings: Settings,
): Capability<InpaintRequest, Pixels> {
  return {
    model,
    able: () => calls.able(model),
    run: (request, context) => repaint(calls, model, settings, request, context),
  };
}

/** Fills what the mask covers with background. Always at full strength: nothing of the thing may shine through. */
export function createRemove(calls: ModelCalls, model: string, settings: Settings): Capability<RemoveRequest, Pixels> {
  return {
    model,
    able: () => calls.able(model),
    run: (request, context) => repaint(calls, model, settings, { ...request, ...emptiness, strength: 1 }, context),
  };
}

/** Paints a new picture from words. */
export function createGenerate(
  calls: ModelCalls,
  model: string,
  settings: Settings,
): Capability<GenerateRequest, Pixels> {
  return {
    model,
    able: () => calls.able(model),
    async run(request, context) {
      const canvas = planCanvas(request);
      const { width, height } = canvas;
      const { prompt, negativePrompt = '', seed } = request;
      const { steps = settings.steps, guidance = settings.guidance } = request;
      const painting = { prompt, negativePrompt, width, height, steps, guidance, strength: 1, seed };
      const painted = await paint(calls, model, painting, context);
      return takeFromCanvas(painted, canvas, request, context.signal);
    },
  };
}

async function repaint(
  calls: ModelCalls,
  model: string,
  settings: Settings,
  request: InpaintRequest,
  context: CallContext,
): Promise<Pixels> {
  const { signal } = context;
  const canvas = planCanvas(request.image);
  const { prompt, negativePrompt = '', seed } = request;
  const { steps = settings.steps, guidance = settings.guidance, strength = settings.strength } = request;
  const [picture, mask] = await Promise.all([
    placePicture(request.image, canvas, signal).then((placed) => encodeImage(placed, { format: 'png', signal })),
    placeMask(request.mask, canvas, signal).then((placed) => encodeMaskPng(placed, signal)),
  ]);
  const words = { prompt, negativePrompt, seed, steps, guidance, strength };
  const { width, height } = canvas;
  const painted = await paint(calls, model, { ...words, width, height, image: picture.bytes, mask }, context);
  return takeFromCanvas(painted, canvas, request.image, signal);
}
