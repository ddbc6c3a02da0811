import type { LanguageModelV4 } from '@ai-sdk/provider';

/** Whether a brain is to be shown pictures. The built-in planner, which reads words only, says `seesPictures: false`. */
export const seesPictures = (brain: LanguageModelV4): boolean =>
  !('seesPictures' in brain) || brain.seesPictures !== false;
