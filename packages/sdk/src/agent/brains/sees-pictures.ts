import type { LanguageModelV4 } from '@ai-sdk/provider';

/** Whether a brain can be misled by what it sees: all but the built-in planner, which reads words only and says `seesPictures: false`. */
export const seesPictures = (brain: LanguageModelV4): boolean =>
  !('seesPictures' in brain) || brain.seesPictures !== false;

/** Whether a brain is to be shown pictures. A model whose server takes none says `takesPictures: false`. */
export const takesPictures = (brain: LanguageModelV4): boolean =>
  seesPictures(brain) && (!('takesPictures' in brain) || brain.takesPictures !== false);

/** A wrapped brain, with what the one inside says about pictures. */
export function withTraits(wrapped: LanguageModelV4, inside: LanguageModelV4): LanguageModelV4 {
  if (!seesPictures(inside)) return Object.assign(wrapped, { seesPictures: false });
  return takesPictures(inside) ? wrapped : Object.assign(wrapped, { takesPictures: false });
}
