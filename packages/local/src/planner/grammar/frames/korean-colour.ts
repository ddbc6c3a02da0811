import { colourPattern, parseColour } from '@atelier/sdk/adjust';

/** A colour anywhere, with its particle: the group `colour`. */
export const koreanColour = `(?<colour>${colourPattern})(?:색|빛|색깔|컬러|톤)?(?:으로도?|로도?|으루|루)?`;

export const colourOf = (words: string | undefined): string | undefined =>
  words !== undefined && parseColour(words) ? words.trim() : undefined;
