import { AtelierError } from '../../errors/atelier-error.ts';
import { Image } from '../../image/image.ts';
import { route } from '../route.ts';
import { runCapability } from '../run-capability.ts';
import type { CallOptions, VisionContext } from '../vision-context.ts';
import type { GenerateRequest } from './contract.ts';

export interface GenerateOptions extends CallOptions, Partial<Omit<GenerateRequest, 'prompt'>> {
  readonly prompt: string;
}

/** Paints a new picture from words. Defaults: 1024 x 1024, seed 0. Throws `capability-unavailable` where no backend can. */
export async function generate(context: VisionContext, options: GenerateOptions): Promise<Image> {
  const { signal, progress, onVerify: _, width = 1024, height = 1024, seed = 0, ...words } = options;
  if (words.prompt.trim() === '') throw new AtelierError({ code: 'invalid-input', message: 'The prompt is empty.' });
  const request = { ...words, width, height, seed };
  const routed = route(context.backends, 'generate', request);
  return Image.fromPixels(await runCapability('generate', routed, request, { signal, progress }));
}
