import type { ChoiceNeeded } from '../capabilities/target/target.ts';
import { Image } from '../image/image.ts';
import { drawOverlay } from '../image/overlay.ts';
import type { ChoiceNeededOutput } from './schemas.ts';
import type { ToolContext } from './tool-context.ts';

/** A question as tools answer it: the candidates, and the picture with their numbers. */
export async function askWhich(context: ToolContext, image: Image, choice: ChoiceNeeded): Promise<ChoiceNeededOutput> {
  const { overlay } = await keepOverlay(context, image, choice.candidates);
  return { ...choice, candidates: choice.candidates.map((candidate) => ({ ...candidate })), overlay };
}

/** Among more numbers nobody finds one, and placing them takes seconds. */
const mostDrawn = 200;

export async function keepOverlay(
  context: ToolContext,
  image: Image,
  items: Parameters<typeof drawOverlay>[1],
): Promise<{ overlay: string }> {
  const data = await drawOverlay(image, items.slice(0, mostDrawn));
  const overlay = await Image.fromPixels({ width: image.width, height: image.height, data });
  // An overlay is for looking at, not a picture of the session: it is kept, but not listed.
  await context.library.putImage(overlay);
  return { overlay: overlay.id };
}
