export { anchorPhrases, parsePhrase } from './parse-phrase.ts';
export type { ParsedPhrase, Side, SpatialSelector } from './parsed-phrase.ts';
export { type ResolveContext, type ResolvedPhrase, resolvePhrase } from './resolve-phrase.ts';
