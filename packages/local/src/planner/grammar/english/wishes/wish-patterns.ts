import { colourWord, knownThing, knownThings, newThing } from '../phrase-patterns.ts';

/** Sources of patterns that the wishes share; `x` is what is there already, `y` what is wished for. */
export const x = `(?<x>${knownThing})`;
export const xs = `(?<x>${knownThings})`;
export const y = `(?<y>${newThing})`;
export const newLook = `(?<y>${newThing}|${colourWord})`;
export const wanted =
  "(?:i'd (?:like|love|want|prefer)|i would (?:like|love|prefer)|i want|i need|let's have|let us have|(?:can|could|may|shall) (?:i|we|you) (?:have|try|get|put)|let's (?:try|put)|how about|what about)(?: to (?:see|have))?";
/** "so please swap them": says once more what was said already. */
export const confirmed =
  '(?:(?:,| and|,? so|\\.|;)(?: (?:so|please|just|can you|could you|go ahead and))* (?:swap|change|switch|replace|exchange|do) (?:it|them|that|this|those|these|them both|the two)(?: (?:out|over|round|around|for me|please))*(?=[.,;!?]|$| and | then ))?';
export const must = '(?:should|must|has to|have to|needs? to|ought to|wants? to|(?:is|are) to|can|could)';
export const softly = '(?: (?:then|now|next|also|instead|first|all|both|please|just))';
