import { tidyPhrase } from '../detect/head-noun.ts';
import { colourOfWord, colourWords } from './colour-names.ts';
import type { QuestionKind, ReadClause } from './question.ts';

const picture = '(?:사진|그림|이미지|화면|장면)';
const politeStart = /^(?:(?:혹시|저기|그럼|그리고|그러면|좀|여기|여기에|여기에는|실례지만|또)\s+)+/;
const pictureStart = new RegExp(
  `^(?:(?:이|그|저|내|제)\\s+)?${picture}\\s*(?:속에는|속에서|속에|안에는|안에서|안에|에는|에서는|에서|에|의|은|는|이|가)?(?:\\s+|$)`,
);
const counter = '(?:개|명|마리|대|권|사람|잔|장|병|그루|송이|분|켤레|벌|자루|척|채|점)';
const sees = '(?:있|없|보이|보여|보입|보이나|나오|나와|나옵|찍|담겨|들어)';
const whole = '(?:모두|전부|총|다|전체)';

interface Pattern {
  readonly kind: QuestionKind;
  readonly pattern: RegExp;
}

/** Matched in this order against one clause, without politeness and without "in the picture". The thing keeps its particle. */
const patterns: readonly Pattern[] = [
  {
    kind: 'scene',
    pattern: new RegExp(
      `^(?:뭐|무엇|뭣|무엇들|어떤 것|어떤 것들|어떤 물건|무슨 물건|무엇무엇)(?:들)?(?:이|가|을|를)?\\s*(?:${sees}|야|예요|에요|인가|입니|이야|이니|지|죠).*$`,
    ),
  },
  {
    kind: 'scene',
    pattern: /^(?:(?:이게|이건|이것은|이것이) )?(?:뭐야|뭐예요|뭐에요|뭐지|뭔가요|무엇인가요|무엇입니까)$/,
  },
  { kind: 'scene', pattern: new RegExp(`^(?:무슨|어떤|뭐|무엇에 대한)\\s*${picture}.*$`) },
  {
    kind: 'scene',
    pattern: new RegExp(
      `^(?:(?:이|그|저)\\s+)?(?:${picture}\\s*(?:을|를|에 대해|에 대해서|에 대하여)?)?\\s*(?:좀\\s+)?(?:묘사|설명|요약)\\s*(?:해|하|좀).*$`,
    ),
  },
  { kind: 'count', pattern: new RegExp(`^(?<thing>.+?)\\s*(?:${whole}\\s*)?몇\\s*${counter}.*$`) },
  { kind: 'count', pattern: new RegExp(`^(?:${whole}\\s*)?몇\\s*${counter}(?:의)?\\s+(?<thing>.+?)\\s*${sees}.*$`) },
  {
    kind: 'count',
    pattern:
      /^(?<thing>.+?)\s*(?:의\s*)?(?:개수|갯수|숫자|수)(?:는|은|가|이|를|을)?(?:\s*(?:뭐|몇|얼마|어떻게|알려|세어|말해).*)?$/,
  },
  { kind: 'count', pattern: /^(?<thing>.+?)(?:을|를)?\s+(?:세어|세).*$/ },
  { kind: 'count', pattern: new RegExp(`^(?<thing>.+?)\\s*얼마나\\s*(?:많이\\s*)?${sees}.*$`) },
  { kind: 'count', pattern: new RegExp(`^(?:${whole}\\s*)?몇\\s*${counter}.*$`) },
  {
    kind: 'colour',
    pattern:
      /^(?:무슨|어떤)\s*(?:색깔|색상|색|컬러)(?:의)?\s+(?<thing>.+?)(?:이야|야|이에요|예요|에요|입니까|인가요|이니|있.*)$/,
  },
  { kind: 'colour', pattern: /^(?<thing>.+?)\s+(?:무슨|어떤|뭔)\s*(?:색깔|색상|색|컬러).*$/ },
  {
    kind: 'colour',
    pattern:
      /^(?<thing>.+?)\s*(?:의\s*)?(?:색깔|색상|색|컬러)(?:은|는|이|가|을|를)?(?:\s*(?:뭐|무엇|무슨|어떤|어때|어떻|알려|말해|좀).*)?$/,
  },
  { kind: 'colour', pattern: /^(?:무슨|어떤|뭔)\s*(?:색깔|색상|색|컬러).*$/ },
  { kind: 'position', pattern: /^(?<thing>.+?)\s+(?:어디|어느\s*쪽|어느\s*위치).*$/ },
  {
    kind: 'position',
    pattern: /^(?<thing>.+?)\s*(?:의\s*)?위치(?:는|가|를|좀)?(?:\s*(?:어디|어떻|알려|말해|좀|뭐).*)?$/,
  },
  { kind: 'position', pattern: /^(?<thing>.+?)(?:을|를)\s+찾아.*$/ },
  { kind: 'position', pattern: /^(?:어디|어느\s*쪽).*$/ },
  {
    kind: 'size',
    pattern: /^(?<thing>.+?)\s+(?:얼마나|얼만큼|얼마만큼|어느\s*정도)(?:로)?\s*(?:커|큰|크|작|넓|높|길|차지).*$/,
  },
  {
    kind: 'size',
    pattern:
      /^(?<thing>.+?)\s*(?:의\s*)?(?:크기|사이즈|너비|높이|넓이|면적)(?:는|은|가|이|를|좀)?(?:\s*(?:얼마|어떻|어느|알려|말해|뭐|몇|좀).*)?$/,
  },
  { kind: 'size', pattern: /^(?:얼마나|얼만큼|어느\s*정도)\s*(?:커|큰|크|작|넓|높|길|차지).*$/ },
  { kind: 'presence', pattern: new RegExp(`^(?<thing>.+?)\\s*(?:도\\s*)?${sees}.*$`) },
  {
    kind: 'presence',
    pattern: /^(?:이게|이건|이것은|이것이)\s+(?<thing>.+?)(?:이야|야|이에요|예요|입니까|인가요|맞아.*)$/,
  },
];

const colourCheck = new RegExp(
  `^(?<thing>.+?)\\s+(?<colour>${colourWords})(?:이야|야|이에요|예요|에요|입니까|인가요|인가|이니|니|이냐|지|죠|나요|요|습니까|맞아|맞나요)?$`,
);
/** A question word inside the thing means that the pattern cut at the wrong place; better no answer than a wrong one. */
const questionWord = /(?:^|\s)(?:뭐|무엇|무슨|어떤|어디|누가|누구|왜|언제|어떻게|몇)/;
const pronouns = /^(?:그것|그거|그건|그게|이것|이거|이건|이게|그것들|걔|얘|각각)(?:은|는|이|가|을|를|들|들은|도)?$/;

/** What one Korean clause asks. */
export function readKorean(clause: string): ReadClause | undefined {
  const polite = tidyPhrase(clause).replace(politeStart, '');
  const text = polite.replace(pictureStart, '').replace(politeStart, '');
  const check = colourCheck.exec(text)?.groups;
  if (check?.thing && !questionWord.test(check.thing))
    return { kind: 'colour-check', thing: named(check.thing), colour: colourOfWord(check.colour ?? '') };
  for (const { kind, pattern } of patterns) {
    // Only whole-picture questions are about the picture itself; elsewhere it is where to look.
    const match = pattern.exec(text) ?? (kind === 'scene' ? pattern.exec(polite) : null);
    if (!match) continue;
    const thing = match.groups?.thing;
    return thing !== undefined && questionWord.test(thing) ? undefined : { kind, thing: named(thing) };
  }
  return undefined;
}

const named = (thing: string | undefined): string | undefined =>
  thing === undefined || pronouns.test(thing.trim()) ? undefined : thing.trim();
