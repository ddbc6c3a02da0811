import type { Language } from '@atelier/sdk';

/** "Are there at least three cups?": what is left to ask whether it is there, and whether so many of them are enough. */
export interface HowMany {
  /** The same question without the number. */
  readonly question: string;
  readonly holds: (count: number) => boolean;
}

const english = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const korean = ['한', '두', '세', '네', '다섯', '여섯', '일곱', '여덟', '아홉', '열'];
const koreanNouns = ['하나', '둘', '셋', '넷'];

function numberOf(word: string): number {
  for (const words of [english, korean, koreanNouns]) if (words.includes(word)) return words.indexOf(word) + 1;
  return word === 'a' || word === 'an' ? 1 : Number(word);
}

const isMore = /^(?:more than|over|upwards of)$|보다\s*(?:더\s*)?많|넘|초과/;
const isLeast = /^(?:at least|no fewer than|no less than|or more|or over)$|이상|적어도|최소/;
const isFewer = /^(?:fewer than|less than|under)$|보다\s*(?:더\s*)?적|미만|안 되|안 돼/;
const isMost = /^(?:at most|no more than|not more than|or fewer|or less|up to)$|이하|최대/;

function compared(by: string, number: number): (count: number) => boolean {
  if (isMore.test(by)) return (count) => count > number;
  if (isLeast.test(by)) return (count) => count >= number;
  if (isFewer.test(by)) return (count) => count < number;
  if (isMost.test(by)) return (count) => count <= number;
  return (count) => count === number;
}

const inEnglish = new RegExp(
  `^(?<start>(?:(?:and|so|then|please|tell me|ok|okay),? )*(?:(?:is|are) there|(?:do|can) (?:you|we|i) (?:see|find|count)|(?:does|do) (?:it|this|that|the \\w+|they) (?:show|have|contain)) )(?:(?<before>more than|over|upwards of|at least|no fewer than|no less than|fewer than|less than|under|at most|no more than|not more than|up to|exactly|only|just) (?<some>an?|${english.join('|')}|\\d+)|(?<number>${english.slice(1).join('|')}|\\d+))(?: (?<after>or (?:more|over|fewer|less)))? (?=\\p{L})`,
  'u',
);

const counter = '(?:개|명|마리|대|사람|분|잔|병|권|송이|그루|장|켤레|벌|자루|채)';
const inKorean = new RegExp(
  `(?<before>\\s+(?:적어도|최소|최대|딱|정확히|겨우))?\\s+(?:(?<number>${korean.join('|')}|\\d+)\\s*${counter}|(?<noun>${koreanNouns.join('|')}))(?:이|가|은|는|을|를)?\\s*(?<after>(?:보다\\s*)?(?:더\\s*)?(?:많|적)|이상|이하|초과|미만|넘|안 되|안 돼)?(?<rest>\\S*(?:\\s+\\S+)?)$`,
  'u',
);

/** Reads a question whether there are so many of something; undefined where it asks for something else. */
export function readHowMany(question: string, language: Language): HowMany | undefined {
  const text = question.normalize('NFC').trim().toLowerCase();
  return language === 'ko' && /\p{Script=Hangul}/u.test(text) ? readKorean(text) : readEnglish(text);
}

function readEnglish(text: string): HowMany | undefined {
  const found = inEnglish.exec(text);
  if (!found?.groups) return undefined;
  const { start, before, some, number, after } = found.groups;
  return {
    question: start + text.slice(found[0].length),
    holds: compared(after ?? before ?? '', numberOf(some ?? number)),
  };
}

function readKorean(text: string): HowMany | undefined {
  const found = inKorean.exec(text);
  if (!found?.groups) return undefined;
  const { before = '', number, noun, after, rest } = found.groups;
  // "두 개 중에 뭐가 커?" asks for something else.
  if (after === undefined && !/^\s*(?:있|보이|보여|나오|나와|이야|인가|예요|입니까|맞)/.test(rest)) return undefined;
  return {
    question: `${text.slice(0, found.index)} 있어?`,
    holds: compared((after ?? before).trim(), numberOf(number ?? noun)),
  };
}
