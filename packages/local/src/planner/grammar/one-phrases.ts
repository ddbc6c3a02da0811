import { singularForms } from '../../detect/singular.ts';
import { lookUp } from '../../detect/vocabulary.ts';
import { plural } from '../wording/plural.ts';
import type { Language } from './language.ts';

/** "the left one", "the one on the right", "those big ones", but not "number one". */
const english =
  /^(?<before>(?:(?:the|that|this|those|these|another) )?(?:(?!number\b)[\w-]+ ){0,3}?)one(?<several>s?)(?<after> (?:on|in|at|to|near|next|behind|beside|under|above|below|between|with|without|wearing|that|which|from|of|closest|nearest|farthest)\b.*)?$/i;
/** 왼쪽 것, 더 큰 거. */
const korean = /^(?<before>.+[가-힣]) ?(?:것|거|걸|놈|애|녀석)(?<several>들?)$/;

/** What "one" may stand before in Korean, so that 먹을 것 (food) keeps its meaning. */
const koreanModifier =
  /(?:왼쪽|오른쪽|가운데|중간|위쪽|아래쪽|앞쪽|뒤쪽|왼편|오른편|첫 ?번째|두 ?번째|세 ?번째|다른|큰|작은|긴|짧은|빨간|파란|노란|하얀|검은|까만|초록|[가-힣]색|분홍|주황|보라|갈색|회색|흰|끝|맨 끝|왼|오른|앞|뒤|째로 큰|째로 작은|가까운|먼|있는|놓인|굴러다니는|입은|쓴|든|낀)$/;

/**
 * The phrase with "one" replaced by the thing it stands for: "the left one" after "the cup on the right" is "the left
 * cup". Undefined where it stands for nothing; the phrase itself where it holds no such word.
 */
export function withNounForOne(phrase: string, language: Language, one: string | undefined): string | undefined {
  const match = (language === 'ko' ? korean : english).exec(phrase)?.groups;
  // "the left one of the cups" says itself what it is one of.
  if (/^ of (?:all )?(?:the|these|those|my) /i.test(match?.after ?? '')) return phrase;
  if (!match || (language === 'ko' && !koreanModifier.test(match.before.trim()))) return phrase;
  const noun = one === undefined ? undefined : nounOf(one);
  if (noun === undefined) return undefined;
  if (/[가-힣]/.test(noun)) return `${match.before.trim()} ${noun}${match.several}`;
  return `${match.before}${inNumber(noun, match.several !== '')}${match.after ?? ''}`;
}

const determiner = /^(?:(?:the|an?|this|that|these|those|my|your|his|her|its|our|their|all|both|every|each) )+/i;
const place =
  /^(?:(?:very|far|(?:left|right|top|bottom)-?hand|left|leftmost|right|rightmost|top|bottom|upper|lower|middle|central|centre|center|front|back|first|second|third|fourth|fifth|last|other|next|\d+(?:st|nd|rd|th)|big|bigger|biggest|large|larger|largest|small|smaller|smallest|little|tall|taller|tallest|short|shorter|shortest|nearest|closest|farthest|dark|light|bright|pale|black|white|red|green|blue|yellow|gr[ae]y|brown|pink|orange|purple|golden|silver)(?: |-))+(?=\S)/i;
const followed =
  /,? (?:on|in|at|to|near|next|behind|beside|under|above|below|between|with|without|wearing|holding|carrying|that|which|from|standing|sitting|lying)\b.*$/i;

/** The noun for one thing or for several; what the vocabulary does not know keeps its form in the singular. */
function inNumber(noun: string, several: boolean): string {
  if (several) return plural(noun);
  return singularForms(noun).findLast((form) => lookUp(form) !== undefined) ?? noun;
}

/** What kind of thing a phrase names: "cup" for "the big red cup on the right", 컵 for 왼쪽에 있는 컵. */
function nounOf(phrase: string): string | undefined {
  if (/[가-힣]/.test(phrase)) return phrase.split(' ').at(-1);
  const noun = phrase.replace(determiner, '').replace(followed, '').replace(place, '').trim();
  return noun === '' ? undefined : noun;
}
