import { bareThing, end, knownThing, start } from '../phrase-patterns.ts';
import { type Saying, saying } from './saying.ts';
import { softly, wanted, x, xs } from './wish-patterns.ts';

const gone =
  '(?:remove|delete|erase|lose|drop|get rid of|take) (?:it|them|that|those)(?: (?:all|both|out|away|off|too|for me|please))*';
const here = '(?: (?:in|on|from) (?:this|the|my) (?:picture|photo|photograph|image|pic|shot)| (?:in )?(?:there|here))?';

/** What is to go. */
export const removals: readonly Saying[] = [
  saying(
    `${start}no (?:more )?(?<x>(?!(?:problem|worries|rush|hurry|idea|way|wait|need|thanks?|thank|matter|doubt|more|one|longer|really|other)\\b)${bareThing})(?:,? please)?${here}[,.;] (?:(?:so|and|just|please) )*${gone}${end}`,
    'remove the $<x>',
  ),
  saying(
    `${start}(?:i|we) (?:really )?(?:don't|do not) (?:want|need|like) ${x}${here},? (?:n?or|and) (?<other>${knownThing})${here}(?: any ?more)?[,.;] (?:(?:so|and|just|please) )*${gone}${end}`,
    'remove $<x> and $<other>',
  ),
  saying(
    `(?<=\\bthere(?:'s| is| are) (?:an?|some) [\\w' -]{2,40}) (?:that |which )?(?:i|we) (?:really )?(?:don't|do not) (?:want|need|like)${here}(?=[,.;]| so | and )`,
    '',
  ),
  saying(
    `${start}(?<x>${bareThing}(?: and ${bareThing})?): (?:(?:both|all|please|just|they|it|go|goes) )*(?:delete|remove|erase|out|gone|away|off)(?: (?:please|both|all))*(?=[.,;!]|$)`,
    'remove $<x>',
  ),
  saying(
    `${start}${xs} (?:(?:can|could|should|must|may|needs? to|has to|have to|ought to|is to|are to|will)${softly}* )?(?:goes|go|be (?:removed|deleted|erased|taken (?:out|away)|gone|got rid of))${softly}*(?: (?:too|as well|away))?${end}`,
    'remove $<x>',
  ),
  saying(`${start}${xs} (?:needs?|wants?|could do with) (?:removing|deleting|erasing|taking out)${end}`, 'remove $<x>'),
  saying(
    `${start}(?:(?:${wanted}|for) )?${xs} to (?:go(?: away)?|disappear|vanish|be (?:removed|deleted|erased|taken (?:out|away)|gone))${end}`,
    'remove $<x>',
  ),
  saying(
    `${start}there (?:(?:shouldn't|should not|mustn't|must not|needn't) be (?:an?|any)|(?:should|must) be no)(?: more)? (?<x>${bareThing})(?: any ?more)?${here}${end}`,
    'remove the $<x>',
  ),
];
