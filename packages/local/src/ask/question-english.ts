import { tidyPhrase } from '../detect/head-noun.ts';
import { colourOfWord, colourWords } from './colour-names.ts';
import type { QuestionKind, ReadClause } from './question.ts';

const picture = '(?:picture|photo|photograph|image|pic|scene|shot|frame)';
const politeStart =
  /^(?:(?:and|also|so|then|please|hey|hi|hello|excuse me|ok|okay|now|well|(?:can|could|would|will) you (?:please )?(?:tell me|say|count)|tell me|do you know|i (?:want|would like) to know|i wonder) )+/;
const pictureEnd = new RegExp(
  `(?: (?:please|altogether|in total|visible|shown|(?:in|on|inside|within|of|from) (?:(?:the|this|that|my) ${picture}|it|here)|in (?:here|there)))+$`,
);
/** Words that stand for the thing of the clause before. */
const pronouns = /^(?:it|its|they|them|their|that|this|these|those|he|she|each|each of them|one|the other)$/;

interface Pattern {
  readonly kind: QuestionKind;
  readonly pattern: RegExp;
}

/** Matched in this order against one clause, lower case, without politeness and without "in the picture". */
const patterns: readonly Pattern[] = [
  {
    kind: 'scene',
    pattern:
      /^(?:what (?:is|are|all is|else is)|what (?:is there|are there|do you see|can you see|can i see|can be seen|is (?:it|this|that)|is (?:this|it|that) a|is this of|are these)|what does (?:it|this) show|what (?:things|objects|items|kinds of things) (?:are there|do you see|can you see|are))$/,
  },
  {
    kind: 'scene',
    pattern: new RegExp(
      `^(?:what (?:is|does) (?:the|this|that) ${picture}(?: of| about| show| contain| depict)?|what is (?:the|this|that) a ${picture}(?: of)?|what is (?:depicted|there to see)|(?:describe|caption|explain|summari[sz]e|tell me about|about)(?: it| this| what you see| (?:the|this|that|my) ${picture})?|(?:list|name)(?: me)? (?:everything|all (?:the )?(?:things|objects)|the (?:things|objects)|(?:things|objects)|what you see)(?: you (?:can )?see)?|what do you see)$`,
    ),
  },
  {
    kind: 'count',
    pattern:
      /^how many (?<thing>.+?) (?:are|is)(?: there)? (?<where>(?:on|in|at|to|above|over|below|under|underneath|beneath) .+)$/,
  },
  {
    kind: 'count',
    pattern:
      /^how many (?<thing>.+?)(?: (?:are|is)(?: there| here| present| visible| shown)?| (?:can|do) you (?:see|count|find|spot)| there are| can be seen| does (?:it|this) (?:have|show|contain))?$/,
  },
  { kind: 'count', pattern: /^(?:count|(?:what is )?(?:the )?(?:number|count) of) (?<thing>.+?)(?: there are)?$/ },
  {
    kind: 'colour',
    pattern: /^(?:what|which) colou?rs? (?:is|are|do|does|has|have|was) (?<thing>.+?)(?: have| got)?$/,
  },
  { kind: 'colour', pattern: /^what colou?r (?<thing>.+?) (?:is|are|has|have)$/ },
  { kind: 'colour', pattern: /^(?:what (?:is|are) |describe |name )?(?:the )?colou?rs? of (?<thing>.+)$/ },
  { kind: 'colour', pattern: /^what (?:is|are) (?<thing>.+?)(?:'s|s') colou?rs?$/ },
  { kind: 'colour', pattern: /^(?:what|which) colou?r (?<thing>.+?) (?:is|are) (?:this|that|it|there|these|those)$/ },
  {
    kind: 'position',
    pattern: /^where(?: exactly)? (?:is|are) (?<thing>.+?)(?: located| placed| positioned| situated)?$/,
  },
  { kind: 'position', pattern: /^where (?<thing>.+?) (?:is|are)(?: located)?$/ },
  { kind: 'position', pattern: /^where (?:can|do) (?:i|you|we) (?:see|find|spot) (?<thing>.+)$/ },
  { kind: 'position', pattern: /^(?:find|locate|point (?:at|to)|show me) (?<thing>.+)$/ },
  { kind: 'position', pattern: /^(?:what is )?(?:the )?(?:position|location|place|bounding box|box) of (?<thing>.+)$/ },
  {
    kind: 'position',
    pattern:
      /^(?:on|in) (?:which|what) (?:side|part|corner|half|area)(?: of (?:the|this) \w+)? (?:is|are) (?<thing>.+)$/,
  },
  { kind: 'size', pattern: /^how (?:big|large|small|tall|wide|high|long) (?:is|are) (?<thing>.+)$/ },
  { kind: 'size', pattern: /^what size (?:is|are) (?<thing>.+)$/ },
  { kind: 'size', pattern: /^(?:what (?:is|are) )?(?:the )?(?:size|width|height|area|dimensions?) of (?<thing>.+)$/ },
  {
    kind: 'size',
    pattern:
      /^how much (?:space )?(?:of the \w+ )?(?:does|do|is) (?<thing>.+?) (?:cover|take up|fill|occupy|taking up)(?: .*)?$/,
  },
  {
    kind: 'presence',
    pattern:
      /^(?:is|are) there (?:also )?(?<thing>.+?)(?: (?:here|there|present|visible|anywhere|too|as well|at all))*$/,
  },
  {
    kind: 'presence',
    pattern:
      /^(?:do|can|did) you (?:also )?(?:see|find|spot|detect|recogni[sz]e|notice) (?<thing>.+?)(?: (?:here|there|anywhere|too))?$/,
  },
  {
    kind: 'presence',
    pattern: new RegExp(
      `^do(?:es)? (?:it|this|that|(?:the|this|that) ${picture}) (?:also )?(?:show|contain|have|include|depict) (?<thing>.+)$`,
    ),
  },
  { kind: 'presence', pattern: /^(?:is|are) (?<thing>.+?) (?:there|here|present|visible|shown|to be seen)$/ },
  { kind: 'presence', pattern: /^(?:is|are) (?:this|that|it|these|those) (?<thing>.+)$/ },
  { kind: 'presence', pattern: /^(?:any|got any) (?<thing>.+)$/ },
];

const colourCheck = new RegExp(
  `^(?:is|are) (?<thing>.+?) (?:mostly |really )?(?<colour>${colourWords})(?: in colou?r| coloured)?$`,
);

/** What one English clause asks. */
export function readEnglish(clause: string): ReadClause | undefined {
  const text = tidyPhrase(clause)
    .replace(/\b(what|where|who|how|there|it|that)'s\b/g, '$1 is')
    .replace(politeStart, '')
    .replace(pictureEnd, '');
  const check = colourCheck.exec(text)?.groups;
  if (check?.thing && !/^there\b/.test(check.thing)) {
    return { kind: 'colour-check', thing: named(check.thing), colour: colourOfWord(check.colour ?? '') };
  }
  for (const { kind, pattern } of patterns) {
    const match = pattern.exec(text);
    if (!match) continue;
    const { thing: kindOfThing, where } = match.groups ?? {};
    const thing = where === undefined ? kindOfThing : `${kindOfThing} ${where}`;
    return thing !== undefined && namesNothing.test(thing) ? undefined : { kind, thing: named(thing) };
  }
  return undefined;
}

/** Comparisons and open words name no thing. */
const namesNothing =
  /^(?:more|fewer|less|as many|enough|anything|something|nothing|everything)\b|\b(?:than|what|who|why|when|how|where|is|are|was|does|do)\b/;

const named = (thing: string | undefined): string | undefined =>
  thing === undefined || pronouns.test(thing) ? undefined : thing.replace(pictureEnd, '');
