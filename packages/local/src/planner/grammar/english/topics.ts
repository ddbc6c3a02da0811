import { nounPhrase } from '../frames/english-noun-phrase.ts';
import { isThing } from '../frames/english-thing.ts';
import { trimEnglish } from '../frames/english-trim.ts';

const there =
  /^(?:(?:now|and|but|so|oh|well) )*(?:(?:now )?there(?:'s| is| are|'re)|i (?:can )?see|you(?:'ll| can)? see|see|look at|notice|spot|here's|here is) (?<thing>(?:that|those|the|an?|some|this|my|one) .+)$/i;
const disliked =
  /^(?:i(?:'m| am) (?:really |just )?(?:not (?:keen on|a fan of|fond of|happy with|sure about)|sick of|tired of|fed up with)|(?:i|we) (?:really |just )?(?:don't (?:really )?(?:like|want|need|love)|do not like|can't stand|hate|dislike|never liked)) (?<thing>(?:the|that|those|this) .+)$/i;
const thought =
  /^(?:(?:so|well|hmm|now|and),? )*(?:i|we) (?:thought|think|believe|reckon|fancy|swear)(?: that)? (?:i|we|there|it) (?:caught|saw|see|spotted|had|have|is|was|might be|got|noticed) (?:an?|the|some) (?<thing>.+?)(?: (?:here|there|in (?:it|this|here)|somewhere))?$/i;
const is = /^(?:our|my|the|this|that|one of) [\w' ]+? (?:is|are) (?<thing>the (?!one\b)\S.*)$/i;
const subject =
  /^(?:(?:oops|oh|well|hmm|ah|ugh|and|but|so),? )*(?<thing>(?:the|that|those) (?:[\w-]+ ){1,4}?)(?:has|have|had|shows|says|contains|looks|makes|reveals)\b.*$/i;
const bother =
  /^(?<thing>(?:that|those|the|this|these|an?|some|my) .+?)(?:'s|'ve| has| have| is| are| was| keeps?| really| just)? ?(?:been )?(?:really |so |just |kind of |a bit |quite |very |too |such |completely |totally )*(?:bugging|bothering|annoying|annoys|distracting|distracts?|driving|ruins?|ruining|ruined|spoils?|spoiling|spoilt|an eyesore|in the way|ugly|sticks out|sticking out|stands out|wandered in|walked in|walked into|photobomb\w*|shouldn't be|doesn't belong|don't belong|in my (?:shot|way|photo)|catches my eye|catching|gets on my nerves|hideous|a distraction|looks? (?:awful|ugly|out of place|messy|horrible|terrible|silly|odd|wrong)|stealing|blocking|wants? (?:painting|changing|removing)|could use)\b.*$/i;

/** The thing that a remark is about, where a request for "it" may follow: "that bin has been bugging me". */
export function complainedOf(piece: string): string | undefined {
  if (/\b(?:should|must|needs? to|has to|have to|ought)\b/i.test(piece) && !bother.test(piece)) return undefined;
  const spoken = thought.exec(piece)?.groups?.thing;
  const found =
    disliked.exec(piece)?.groups?.thing ??
    bother.exec(piece)?.groups?.thing ??
    there.exec(piece)?.groups?.thing ??
    (spoken === undefined ? undefined : `the ${spoken}`) ??
    is.exec(piece)?.groups?.thing ??
    subject.exec(piece)?.groups?.thing;
  if (found === undefined) return undefined;
  const thing = trimEnglish(
    found.replace(
      / (?:stealing|nicking|pinching|swiping|grabbing|snatching|lying|standing|sitting|hanging|poking|peeking|walking|running|blocking|ruining)\b.*$/i,
      '',
    ),
  ).replace(/^(?:(?:an?|some) |(?=one ))/i, 'the ');
  return isThing(thing) ? (nounPhrase(thing) ?? thing) : undefined;
}
