import { AtelierError } from '../../errors/atelier-error.ts';
import type { Image } from '../../image/image.ts';
import { route } from '../route.ts';
import { runCapability } from '../run-capability.ts';
import type { CallOptions, VisionContext } from '../vision-context.ts';
import type { AskResponse, Language } from './contract.ts';

export interface AskOptions extends CallOptions {
  readonly question: string;
  /** Default: Korean where the question holds Hangul, else English. */
  readonly language?: Language | undefined;
}

export interface Answer extends AskResponse {
  readonly backend: string;
  readonly model: string;
}

/** The language a person writes in, of those Atelier speaks. */
export const languageOf = (text: string): Language => (/\p{Script=Hangul}/u.test(text) ? 'ko' : 'en');

/** Answers a question about a picture. Throws `capability-unavailable` where no backend can answer it. */
export async function ask(context: VisionContext, image: Image, options: AskOptions): Promise<Answer> {
  const question = options.question.trim();
  if (question === '') {
    throw new AtelierError({
      code: 'invalid-input',
      message: 'The question is empty.',
      hint: 'Ask: "how many cups are there?"',
    });
  }
  const request = { image, question, language: options.language ?? languageOf(question) };
  const routed = route(context.backends, 'ask', request);
  const response = await runCapability('ask', routed, request, options);
  return { ...response, backend: routed.backend, model: routed.capability.model };
}
