import { usefulVerbs } from '../../english-verbs.ts';
import { bareThing, colourWord, end, start } from '../phrase-patterns.ts';
import { type Saying, saying } from './saying.ts';
import { newLook, x, xs } from './wish-patterns.ts';

/** What somebody would be glad of, and what is asked once more at the end. */
export const hopes: readonly Saying[] = [
  saying(
    `${start}(?:(?:i'd|i would) like to|i (?:want|need|have|wish) to|let me) (?:know|hear) (?=how many|what|which|whether|if there|where)`,
    'tell me ',
  ),
  saying(
    `\\b(?<glad>(?:nice|nicer|great|lovely|good|awesome|cool|better|best|brilliant|happy|happier|love it|like it|prefer it) if|wish(?: that)?) ${xs} (?:was|were|became|turned) (?:into )?${newLook}${end}`,
    '$<glad> $<x> should be $<y>',
  ),
  saying(`${start}what if ${xs} (?:was|were|became|turned|could be)(?: into)? ${newLook}${end}`, '$<x> should be $<y>'),
  saying(
    `${start}(?:make sure|ensure|see to it)(?: that)? ${xs} (?:is|are|becomes?|turns? into|gets?) (?=gone|removed|deleted|an? |${colourWord})`,
    '$<x> should be ',
  ),
  saying(
    `(?<=\\bshould be [\\w' -]{2,40},? and )${x} (?:is|are|was|were|becomes?|became|turns? into) (?=gone|removed|deleted|an? |${colourWord})`,
    '$<x> should be ',
  ),
  saying(
    `${start}(?:is|are) (?<y>(?:an?|any) ${bareThing}) (?:there|present|visible|in (?:here|it|(?:the|this|my) (?:picture|photo|image)))\\?`,
    'is there $<y>?',
  ),
  saying(
    `\\b(?<tell>(?:tell|let) me(?: know)?|say|check|see) (?:if|whether) you (?:can )?(?:see|find|spot) (?=an? )`,
    '$<tell> whether there is ',
  ),
  saying(' ?\\((?<so>if [^()]+)\\)', ', $<so>'),
  // The next sentence is done in any case.
  saying(
    `(?<=\\b(?:${usefulVerbs.join('|')}) [^.!?]{3,80})(?<so>,? if (?:there(?:'s| is| are) (?:one|any|some)|you (?:can )?(?:see|find|spot) (?:one|any|some)))(?:,? and(?: then| also)?|, then) (?=(?:${usefulVerbs.join('|')}) )`,
    '$<so>. ',
  ),
  saying(",? (?:shall we|would you|will you|could you|can you|won't you|ok(?:ay)?|yeah|all ?right)\\?", '.'),
];
