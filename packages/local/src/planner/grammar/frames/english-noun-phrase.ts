import { isThing, pronoun } from './english-thing.ts';
import { trimEnglish } from './english-trim.ts';

/** Words at which the name of a thing has ended: who acts, what they do, why, how much, and how. */
const end = new RegExp(
  `(?:^|[ ,])(?:${[
    "(?:i|i'm|i've|i'd|i'll|we|we're|we've|he|he's|she|she's|they|they're|you|you're|u|nobody|no one|somebody|someone|everybody|everyone|anybody)(?= )",
    "it'?s?(?= (?:is|was|looks?|has|will|would|should|keeps|just|really|makes|needs|wo|does|did|in there|to be)\\b)",
    '(?:because|so|but|if|unless|when|while|since|though|although|as|until|before|after|once|than|instead|rather|like|via|using|whereas|otherwise|hence|thanks|thank|please|pls|plz|kindly|cheers|ta|without (?:touching|changing|losing|cropping|affecting|messing|ruining|making)|making|leaving|keeping|given|considering)(?= |$)',
    '(?:for|into|about|by)(?= |$)(?! the (?:door|window|wall|tree|table|fence|road|pool|water|gate|river|sea|bed|sofa|house|car|fire|lamp|stairs)\\b)',
    'to(?= |$)(?! last\\b)(?<!\\b(?:next|close|closest|nearest|nearer|near|farthest|furthest|left|right|attached|parallel|adjacent) to)(?! (?:the|my|its|his|her) (?:left|right)\\b)',
    "(?<!\\b(?:that|which|who) )(?:is|isn't|are|aren't|was|wasn't|were|be|been|has|have|had|does|doesn't|do|don't|did|didn't|will|would|could|can(?= (?:you|u|we|i|be|it|they|she|he|stay|go)\\b)|can't|should|shouldn't|must|may|might|needs?|wants?|looks?|seems?|keeps?|makes?|gets?|got|went|goes|came|comes)(?= |$)",
    '(?:and|or|then|plus)$',
    '(?:a bit|a little|a lot|a touch|a tad|a smidge|a stop|a hair|a notch|slightly|gently|softly|heavily|strongly|lightly|subtly|nicely|properly|completely|entirely|totally|fully|quickly|carefully|really|just|only|again|too|also|as well|altogether|please|now|though|anyway|maybe|perhaps|alone|first|afterwards?|later|somehow|more|less|half(?:way)?|roughly|approximately|around \\d)(?= |$)(?<!\\b(?:the|a) (?:first|little|half))',
    '(?:out|off|away|up|down|over)(?= |$)(?! (?:there|here|on|in|at|by|to|from|front|top|the)\\b)',
    'with (?:a |an |the |some |no |any |lots? |plenty |a lot |a bit |a little )*(?:of )?(?:bit|little|lot|plenty|room|space|margin|padding|breathing|extra|border|line|outline|pixels?|blur)\\b',
    '(?:by )?\\d+ ?(?:%|percent|px|pixels?)',
    "one(?:s)?(?= (?:that's )?(?:bugging|ruining))",
    '(?:ruining|ruins|photobombing|spoiling|spoils|blocking|stealing|distracting|bothering|bugging|annoying|cluttering|nicking|pinching|swiping|grabbing|snatching|messing|poking|peeking|sticking|popping|creeping|sneaking|lurking|looming|staring|glaring|hogging|getting|catching|making|driving|killing|dumped|photobombed)(?= |$)',
    '(?:visible|readable|legible|recogni[sz]able|identifiable|showing|present|anywhere|somewhere|whatsoever|at all|hiding|in here|in there|in it|on it)(?= |$)',
    '(?:left|forgot|dropped|put|parked|placed|threw|dumped|brought|ruined|photobombed|snuck|wandered|walked|crept) (?:his|her|their|my|the|an?|its|our|some|in|into|through|across|us)\\b',
    '\\w+ing (?:against|on|at|to|over|into|behind|near|by|with|around|under|about|past) (?:it|him|her|them|me|us|you)\\b',
    'stuck (?:on|to|in|at)\\b',
    'left (?:on|in|by|behind|lying|at|out|over) (?!the (?:left|right))',
    '(?:way off|far off|off)? ?in the (?:distance|far distance|way|shot|frame|picture|photo|photograph|image|scene|view|end|meantime|first place)\\b',
    '(?:at|by|on|along) (?:the|its) (?:very )?(?:edge|border|side of the (?:picture|photo|frame))\\b',
  ].join('|')})`,
  'i',
);

const relative =
  / (?:that|which|who)(?!(?:'s| is| are| was)? (?:first|second|third|fourth|fifth|last|\d+(?:st|nd|rd|th)|far|left|right|directly|immediately|between|on|in|at|behind|next|near|beside|under|above|below|closest|nearest|furthest|farthest|wearing|holding|carrying|with|standing|sitting|lying|facing|parked|placed|located|hanging|shown|stood|sat|all the way|way over|furthest|farthest|to)\b).*$/i;

const determined = /^(?:the|an?|this|that|these|those|my|your|his|her|its|our|their|all|both|every|each|any|some)\b/i;

interface Place {
  readonly pattern: RegExp;
  readonly as: string;
}

const corner = '(?:top|bottom|upper|lower)[- ](?:left|right)';
/** Places as they are said in passing, in the words that geometry knows. */
const places: readonly Place[] = [
  {
    pattern: new RegExp(
      `^(?<x>.+?),? (?<!in the |the )(?<side>${corner})(?:[- ]?hand)?(?: (?:corner|side|edge))?$`,
      'i',
    ),
    as: '$<x> in the $<side>',
  },
  {
    pattern:
      /^(?<x>.+?),? (?:the )?(?:furthest|farthest|most|all the way|way over)(?: over)?(?: (?:to|on|at) (?:the|my)(?: far)?)? (?<side>left|right)$/i,
    as: 'the $<side>most $<x>',
  },
  {
    pattern:
      /^(?<x>(?!(?:the |an? )?(?:far|very|on|at|to|in)$).+?(?<!\b(?:from|to|of|in|on|at|the|my|far|very|top|bottom|upper|lower|second|third|first|and))),? (?:(?:on|at|over to|off to|out to) )?(?:the |my )?(?:far |very |extreme )?(?<side>left|right)(?:[- ]?hand)?(?: side| edge)?$/i,
    as: '$<x> on the $<side>',
  },
  {
    pattern: /^(?<x>.+?),? (?:(?:right |way )?(?:up|at the|on the) (?:very )?top|up there at the top)$/i,
    as: '$<x> at the top',
  },
  {
    pattern: /^(?<x>.+?),? (?:(?:right |way )?down (?:at )?the bottom|(?:at|on|along) the (?:very )?bottom)$/i,
    as: '$<x> at the bottom',
  },
  {
    pattern: /^(?<x>.+?),? (?:slap |right |bang |smack |dead )*(?:in |in the |at the )?(?:middle|centre|center)$/i,
    as: '$<x> in the middle',
  },
];

function withPlace(words: string): string {
  for (const { pattern, as } of places) {
    const match = pattern.exec(words);
    if (!match || /^(?:the|an?|this|that|my)$/i.test(match.groups?.x ?? '')) continue;
    const placed = words.replace(pattern, as);
    return placed.replace(/^the (left|right)most (?:the|that|this|my) /i, 'the $1most ');
  }
  return words;
}

/** The name of the thing that the words begin with, without all that is said about it or after it; undefined where they begin with none. */
export function nounPhrase(words: string): string | undefined {
  const text = trimEnglish(words.replace(/^(?:[\s,;:.!?]+)/, ''));
  if (text === '') return undefined;
  if (pronoun.test(text)) return text;
  const quoted = /["“][^"”]*["”]/.exec(text);
  const sure = quoted ? quoted.index + quoted[0].length : 0;
  const stop = end.exec(text.slice(sure));
  const kept = stop ? text.slice(0, sure + stop.index) : text;
  const cut = trimEnglish(kept.replace(/,.*$/, '').replace(relative, ''));
  if (cut === '') return undefined;
  if (pronoun.test(cut)) return cut;
  const name = withPlace(cut);
  if (!isThing(name) || nothing.test(name)) return undefined;
  return name;
}

/** Words that are left of a clause now and then, and that name nothing. */
const nothing =
  /^(?:the |an? |my |some |any |this |that |all |no )*(?:way|bit|touch|lot|while|time|moment|favou?r|help|job|effect|look|feel|vibe|style|version|colou?rs?|edit|thing to do|go|try|sake|thanks?|idea|sense|need|end|worksheet|advance|place|spot|kind|sort|type|it|too|very|much|more|less|enough|fully|please|same|else|anything|something|whatever|stuff|there|here|one|ones|two|three|us|them|me|you|really|so|not|no|yes|by|of|and|or|with|in|on|at|for|to|from|as)$/i;

/** Whether a noun phrase says which thing it means: "the cup", "my dog", "both cups". */
export const isDetermined = (phrase: string): boolean => determined.test(phrase);

/** The name nearest before a place in a clause: "my wife's thumb" of "so my wife's thumb has". */
export function nounPhraseBefore(words: string): string | undefined {
  const text = words.trim();
  const starts = [
    ...text.matchAll(/(?:^|\s)(?=(?:the|that|this|those|these|my|our|his|her|its|their|all|both|every|any|an?)\b)/gi),
  ].map(({ index, 0: gap }) => index + gap.length);
  const whole = nounPhrase(text);
  if (whole !== undefined) return whole;
  for (const start of starts) {
    const found = nounPhrase(text.slice(start));
    if (found !== undefined) return found;
  }
  return undefined;
}
