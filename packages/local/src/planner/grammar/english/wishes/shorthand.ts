import { usefulVerbs } from '../../english-verbs.ts';
import { colourWord, end, knownThing, newThing, start } from '../phrase-patterns.ts';
import { type Saying, saying } from './saying.ts';

const arrow = ' ?(?:-+>|=+>|→) ?';
const side = '[^.,;:!?>=→-]{1,60}?';
/** Signs for words, and words that say nothing more. */
export const shorthand: readonly Saying[] = [
  saying(`${start}(?<x>${side})${arrow}(?<y>${colourWord})(?=[.,;!?]|$| (?:and|then) )`, 'make $<x> $<y>'),
  saying(`${start}(?<x>${side})${arrow}(?<y>${side})(?=[.,;!?]|$| (?:and|then) )`, 'replace $<x> with $<y>'),
  saying(
    `${start}(?:let's|let us|we(?:'d better| should| could| can| need to| have to| ought to)) (?=(?:${usefulVerbs.join('|')}|get rid of|lose) )`,
    '',
  ),
  saying(`${start}(?<x>${knownThing}) (?:in)?to (?<y>${newThing})${end}`, 'turn $<x> into $<y>'),
  saying('(?<=\\b(?:the|that|my) [\\w-]+(?: [\\w-]+)?) (?:itself|themselves)(?![\\w-])', ''),
  saying(`(?<=\\b(?:${usefulVerbs.join('|')}|get rid of) )said (?=[a-z])`, 'the '),
  saying(`(?<=\\band (?:the|my|that) [\\w-]+(?: [\\w-]+)?) both (?=${colourWord}\\b|into |to )`, ' '),
  // "both the cup and the plate" are two things; "both cups" is left to whoever finds them.
  saying(`\\bboth (?=${knownThing} and (?:the|my|that|his|her|our|their|a|an) )`, ''),
  saying(
    `(?<=\\b(?:make|turn|change|replace|remove|delete|erase|swap|paint|colou?r) [^.,;!?]{3,80}) first(?=[.;!]|$)`,
    '',
  ),
];
