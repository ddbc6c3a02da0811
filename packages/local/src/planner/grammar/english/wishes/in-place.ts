import { end, knownThing, newThing, start } from '../phrase-patterns.ts';
import { type Saying, saying } from './saying.ts';
import { confirmed, must, wanted, x, y } from './wish-patterns.ts';

const now = '(?: (?:now|right now|currently|at the moment))?';

/** One thing where another is. */
export const inPlace: readonly Saying[] = [
  saying(
    `${start}(?:instead of|in place of|in the place of) ${x},? (?:(?:${wanted}|put|paint|draw|place|have|give me|there should be) )?${y}${end}`,
    'replace $<x> with $<y>',
  ),
  saying(
    `${start}${x} (?:(?:${must} |is to |are to )(?:be|get)|is|are|gets?) (?:replaced|swapped|exchanged|switched|substituted)(?: out)? (?:by|with|for) ${y}${end}`,
    'replace $<x> with $<y>',
  ),
  saying(
    `${start}(?:remove|delete|erase|get rid of|lose|take out|take away) ${x}(?:,|;|\\.)?(?: (?:and|then|instead))* (?:put|place|paint|draw|insert|show|have) ${y} (?:in (?:its|their) (?:place|stead)|there(?: instead)?|instead|in that spot|where (?:it|they) (?:is|are|was|were))${end}`,
    'replace $<x> with $<y>',
  ),
  saying(
    `${start}(?:remove|delete|erase|get rid of|lose|take out|take away) ${x}(?:,|;|\\.)?(?: (?:and|then))* in (?:its|their) (?:place|stead),? (?:put|place|paint|draw|insert|show|have) ${y}${end}`,
    'replace $<x> with $<y>',
  ),
  saying(`${start}substitute ${y} for ${x}${end}`, 'replace $<x> with $<y>'),
  saying(
    `(?<=\\breplace ${knownThing} with ${newThing},? and )${x} (?:by|with|for) ${y}${end}`,
    'replace $<x> with $<y>',
  ),
  saying(
    `${start}where ${x} (?:is|are|stands?|sits?)${now},? (?:${wanted}|put|paint|draw|place|have|give me|there should be) ${y}(?: (?:instead|there))*${end}`,
    'replace $<x> with $<y>',
  ),
  saying(
    `${start}(?:(?:${wanted}|have|put|paint|draw|place|insert|give me|there should be) )?${y}(?: (?:in|there|in there))? where ${x} (?:is|are|was|were|stands?|sits?)${now}${end}`,
    'replace $<x> with $<y>',
  ),
  saying(
    `${start}(?:i'd|i would|i) (?:prefer|rather have|rather see) ${y} (?:to|over|than|rather than|instead of) ${x}${end}${confirmed}`,
    'replace $<x> with $<y>',
  ),
  saying(
    `${start}(?:i (?:think|feel|reckon|believe) (?:that )?)?${y} would (?:be|look) (?:(?:so|much|a lot|way|far|even) )*(?:nicer|better|prettier|cooler|lovelier) than ${x}${end}${confirmed}`,
    'replace $<x> with $<y>',
  ),
  saying(
    `${start}(?:(?:${wanted}|see|put|paint|draw|place|have|give me) )?${y}(?: (?:in|there|in there))? (?:instead of|in place of|in the place of|rather than) ${x}${end}`,
    'replace $<x> with $<y>',
  ),
  saying(
    `\\b(?:make|create|form) (?<y>(?!an? (?:[\\w-]+ ){0,2}(?:mask|cut-?out|selection|silhouette|picture|photo|image|sticker|png|copy|version|crop|portrait)\\b)${newThing}) (?:out of|from) ${x}${end}`,
    'turn $<x> into $<y>',
  ),
];
