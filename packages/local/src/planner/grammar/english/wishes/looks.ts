import { colourWord, end, knownThing, newThing, start } from '../phrase-patterns.ts';
import { type Saying, saying } from './saying.ts';
import { confirmed, must, newLook, softly, wanted, x, xs, y } from './wish-patterns.ts';

const degree =
  '(?:(?:a bit|a little|slightly|much|a lot) )?(?:brighter|darker|lighter|sharper|softer|blurrier|black and white)';

/** How something is to look. */
export const looks: readonly Saying[] = [
  saying(
    `${start}for ${x},? (?:use|try|take|pick|choose|go for|make it) ${newLook}(?: instead)?${end}`,
    'make $<x> $<y>',
  ),
  saying(
    `${start}${xs} (?:needs?|wants?|could do with) (?:replacing|swapping|exchanging)(?: out)? (?:with|by|for) ${y}${end}`,
    'replace $<x> with $<y>',
  ),
  saying(
    `${start}${xs} (?:needs?|wants?|could do with) (?:turning|changing|making) into ${y}${end}`,
    'turn $<x> into $<y>',
  ),
  saying(
    `${start}${xs} (?:needs?|wants?|could do with) (?:painting|colou?ring|dyeing|turning) (?<y>${colourWord})${end}`,
    'make $<x> $<y>',
  ),
  saying(
    `${start}(?:${xs} ${must}|(?:could|can|should|may) (?<z>${knownThing}))${softly}* (?:become|turn into|be (?:turned|changed|made) into)${softly}* (?<y>(?:${colourWord} )?[\\w-]+s)${end}`,
    'turn $<x>$<z> into $<y>',
  ),
  saying(`${start}(?:let|have) ${xs} (?:be|become|turn into) ${newLook}${end}`, 'make $<x> $<y>'),
  saying(
    `${start}(?:could|can|may|might|would|will) ${xs} (?:be|become|turn into|be turned into|be made into)${softly}* ${newLook}(?: instead)?${end}`,
    'make $<x> $<y>',
  ),
  saying(
    `${start}(?:(?:${wanted}|for) )?${xs} to (?:be|become|turn|turn into)${softly}* (?<y>${newThing}|${colourWord}|${degree})${end}`,
    'make $<x> $<y>',
  ),
  saying(
    `${start}(?:${wanted}|have|get) ${xs} (?:turned|changed|made|transformed|converted) into ${y}${end}`,
    'turn $<x> into $<y>',
  ),
  saying(
    `${start}(?:${wanted}|have|get) ${xs} (?:replaced (?:with|by)|swapped (?:with|for)|exchanged for) ${y}${end}`,
    'replace $<x> with $<y>',
  ),
  saying(
    `${start}(?:${wanted}|have|get) ${xs} (?:colou?red|painted|dyed|turned|made) (?:in )?(?<y>${colourWord})${end}`,
    'make $<x> $<y>',
  ),
  saying(
    `(?<=[,;] |\\b(?:and|then) )${x} (?:turned|changed|transformed|converted) into ${y}${end}`,
    'turn $<x> into $<y>',
  ),
  saying(
    `(?<=[,;] |\\b(?:and|then) )${x} (?:colou?red|painted|dyed|turned) (?<y>${colourWord})${end}`,
    'make $<x> $<y>',
  ),
  saying(
    `${start}(?:${wanted} )?(?<y>${colourWord})(?:,? (?:instead of|rather than|not) ${colourWord})? for ${x}${end}`,
    'make $<x> $<y>',
  ),
  saying(`(?<=^|[.!?;,] )(?<x>${knownThing}): ?(?<y>${colourWord})${end}`, 'make $<x> $<y>'),
  saying(
    `(?<said>would look (?:(?:so|much|a lot|way|far) )*(?:better|nicer|prettier|cooler|good|great|lovely) (?:in )?${colourWord})${confirmed}`,
    '$<said>',
  ),
  saying(`${start}${x} (?:becomes|turns(?: into)?|goes|changes? (?:in)?to) ${newLook}${end}`, '$<x> should be $<y>'),
  saying(
    `${start}${x} (?<must>${must})${softly}* (?:be (?:turned|changed|made|transformed|converted) into|be|become|turn into|turn|change (?:in)?to)${softly}* ${newLook}(?: instead)?${end}`,
    '$<x> should be $<y>',
  ),
];
