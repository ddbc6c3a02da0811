import { nounPhrase } from '../frames/english-noun-phrase.ts';
import { pronoun } from '../frames/english-thing.ts';

const lead =
  "^(?:(?:and|but|so|now|oh|ok|well|also|look|see|hey|right|still|again|as for|about|regarding|that is|that's),? )*";
const subject = new RegExp(
  `${lead}(?<thing>(?:the|that|those|this|these|my|our|his|her|their|a|an|some|two|three|four|five|both|all|[a-z]+'s) .+?)(?:'s(?= (?:in|on|at|an?|the|not|too|so|very|been|still|just|really|always|right|kind|got|being|behind|under|next|all|there|here|also|totally|quite|half|\\w+ing)\\b)|'re| is| are| was| were| has| have| keeps?| looks?| sticks?| shouldn't| doesn't| don't| ruins?| spoils?| wandered| walked| got| came| snuck| sneaked| crept| made| takes?| draws?| catches)(?= |$)`,
  'i',
);
const there =
  /\b(?:there(?:'s| is| are| was| were)|i (?:can )?(?:see|spot|notice|like|love|adore|hate|know)|you can see|here(?:'s| is| are)|got|we have|i have|that's|give me (?:just|only)|i (?:just|only) (?:want|need)|just) (?:meant to be |supposed to be |also |still |always |this |like )*(?<thing>(?:an?|some|the|my|that|those|two|three|four|five|six|\d+|several|a few|a couple of) .+)$/i;
const left =
  /^(?:and |but |so |oh )*(?:(?:the|my|our|his|her|their|some|a|an|that|those|one of) [\w' ]+?|someone|somebody|he|she|they|we|i|people|who) (?:has |have |had )?(?:accidentally |also |just |carelessly )?(?:left|forgot|dropped|parked|dumped|placed|hung|brought|spilled|spilt)(?: to (?:move|remove|hide|put away))? (?<thing>(?:the|an?|some|his|her|their|my|our|that|those) .+)$/i;
/** "everyone is in focus except grandpa": the one of whom it is not so. */
const unseen =
  /\b(?:can't|cannot|can (?:barely|hardly|scarcely|only just)|could(?:n't| not)|don't|barely|hardly) (?:really |quite |even |properly )?(?:see|read|make out|tell|notice|stand|look at|like|want|need) (?<thing>(?:the|an?|his|her|their|my|our|that|those|these|this) .+)$/i;
const excepted = /\b(?:except(?: for)?|apart from|other than|all but) (?<thing>(?!that\b|when\b|it\b)[\w' ]+)$/i;
const named = new RegExp(
  `${lead}(?<thing>(?:the|that|those|this|these|my|our|his|her|their|both|two|three|four|five) .+)$`,
  'i',
);

const people =
  /^(?:my|our|his|her|their|the) (?:\w+ )?(?:mum|mom|dad|mother|father|gran(?:dma|ny|d?pa)?|nana|nan|aunt(?:ie)?|uncle|son|daughter|wife|husband|partner|boyfriend|girlfriend|friends?|boss|client|customers?|teacher|family|parents?|kids?|sister|brother|bro|sis|boys|girls|neighbou?rs?|editor|agent|manager|landlord|eyes|lawyer|team|school|company|job|wedding|birthday|party|flat|phone|camera|listing|shop|website|book|album|project|deadline|problem|issue|idea|plan|thing|reason|point|picture|photo|photograph|image|pic|shot|rest|others?|same|colou?rs?|light(?:ing)?|sun|weather|day|week|year|morning|evening|night|holiday|trip)$/i;

/** The thing that a remark is about and that may be spoken of next: "the bin" of "the bin is in the corner again". */
export function spokenOf(piece: string): string | undefined {
  const words =
    excepted.exec(piece)?.groups?.thing ??
    unseen.exec(piece)?.groups?.thing ??
    left.exec(piece)?.groups?.thing ??
    subject.exec(piece)?.groups?.thing ??
    there.exec(piece)?.groups?.thing ??
    named.exec(piece)?.groups?.thing;
  const phrase = words === undefined ? undefined : nounPhrase(words.replace(/^that's /i, ''));
  if (phrase === undefined || pronoun.test(phrase) || people.test(phrase)) return undefined;
  return phrase.replace(/^(?:an?|some|two|three|four|five|six|several|a few|a couple of|\d+) /i, 'the ');
}
