import type { ParsedPhrase, SpatialSelector } from './parsed-phrase.ts';

/** The things that a selector goes by: none, one, or the two that something lies between. */
export const anchorsIn = (selector: SpatialSelector): readonly ParsedPhrase[] => [
  ...('anchor' in selector ? [selector.anchor] : []),
  ...('other' in selector && selector.other ? [selector.other] : []),
];
