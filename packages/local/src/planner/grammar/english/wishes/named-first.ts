import { usefulVerbs } from '../../english-verbs.ts';
import { bareThing, colourWord, knownThing, start } from '../phrase-patterns.ts';
import { type Saying, saying } from './saying.ts';
import { must } from './wish-patterns.ts';

const verb = `(?<verb>${usefulVerbs.join('|')})`;
const again = '(?:it|them|that one|that)';

/** A thing is named first, and then what is to become of it. */
export const namedFirst: readonly Saying[] = [
  saying(
    `${start}take (?<x>${knownThing}),? and (?<verb>turn|make|change|paint|colou?r|repaint|recolou?r|replace|swap|transform|convert|blur|pixelate|brighten|darken|sharpen|outline) (?:it|them)(?![\\w'-])`,
    '$<verb> $<x>',
  ),
  saying(
    `${start}(?:(?:you see|see|you know|what about|as for) )?(?<x>${knownThing})\\? (?:(?:please|can you|could you|just|now) )*${verb} (?:it|them|that|those)(?![\\w'-])`,
    '$<verb> $<x>',
  ),
  saying(`${start}(?:begin|start|kick off) with (?<x>${knownThing})(?=[,:;] )`, '$<x>'),
  saying(
    `${start}(?:(?:change|recolou?r|repaint|paint|colou?r|alter) )?(?<x>${knownThing})[,:;] (?:it|they|that|that one|this one|those) (?=${must}\\b)`,
    '$<x> ',
  ),
  saying(`${start}(?<x>${knownThing}): (?:(?:please|just) )*${verb} ${again}(?![\\w'-])`, '$<verb> $<x>'),
  saying(
    `${start}(?<x>(?:[\\w-]+ )?${colourWord} ${bareThing}): (?:(?:please|just) )*${verb} ${again}(?![\\w'-])`,
    '$<verb> the $<x>',
  ),
  saying(
    `\\b(?<verb>make|turn|change|swap|paint|colou?r) (?:(?:that|this) one (?=an? |into |to |for )|(?:that|this) (?=an? |into |to an? |for an? ))`,
    '$<verb> it ',
  ),
];
