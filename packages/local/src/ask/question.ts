import type { Language } from '@atelier/sdk';
import type { ColourName } from './colour-names.ts';
import { readEnglish } from './question-english.ts';
import { readKorean } from './question-korean.ts';
import { parseThings } from './thing.ts';
import type { Which } from './which.ts';

/** A thing asked about: its kind in plain words, the colour it must have ("the red cups"), and which of several it is ("the biggest cup"). */
export interface Thing {
  readonly phrase: string;
  readonly colour?: ColourName;
  readonly which?: Which;
}

export type QuestionKind = 'count' | 'presence' | 'colour' | 'colour-check' | 'position' | 'size' | 'scene';

/** One question that detections and pixels can answer. `scene` is about no thing in particular. */
export interface Question {
  readonly kind: QuestionKind;
  readonly things: readonly Thing[];
  /** For `colour-check`: "is the cup red?". */
  readonly colour?: ColourName;
}

/** What a language's patterns make of one clause. `thing` is missing where the clause leaves it out ("and what colour is it?"). */
export interface ReadClause {
  readonly kind: QuestionKind;
  readonly thing?: string | undefined;
  readonly colour?: ColourName | undefined;
}

/** "How many cups are there, and what colour are they?" is two questions. */
const clauseBreaks = new RegExp(
  [
    // ", and what", "? And is"; in Korean any "그리고" joins clauses.
    '(?:[?!;]+\\s*|,\\s+|\\s+)(?:and |그리고 |또 )(?=(?:what|which|how|where|is|are|do|can|describe)\\b|[가-힣])',
    '[?!]+\\s+(?=\\S)',
    // "몇 개 있고", "있으며": a clause that goes on.
    '(?<=있고|이고|보이고|인지|이며|있으며),?\\s+',
  ].join('|'),
  'iu',
);
/** Nobody asks a countable question this long, and patterns take their time on long texts. */
const longestQuestion = 300;

/** The questions in a text, in order; undefined where any part of it is of another kind. */
export function parseQuestions(text: string): readonly Question[] | undefined {
  if (text.length > longestQuestion) return undefined;
  const language: Language = /\p{Script=Hangul}/u.test(text) ? 'ko' : 'en';
  const read = language === 'ko' ? readKorean : readEnglish;
  const whole = readClauses([text], read);
  const clauses = text.split(clauseBreaks).filter((clause) => clause.trim() !== '');
  return (clauses.length > 1 ? readClauses(clauses, read) : undefined) ?? whole;
}

function readClauses(
  clauses: readonly string[],
  read: (clause: string) => ReadClause | undefined,
): readonly Question[] | undefined {
  const questions: Question[] = [];
  let before: readonly Thing[] = [];
  for (const clause of clauses) {
    if (isInstruction(clause)) continue;
    const found = read(clause);
    if (!found) return undefined;
    const things = found.thing === undefined ? before : parseThings(found.thing, before);
    if (found.kind !== 'scene' && things.length === 0) return undefined;
    if (counts(found.kind) && (saysHowMany.test(found.thing ?? '') || things.some(isCompared))) return undefined;
    before = things;
    questions.push({ kind: found.kind, things, ...(found.colour ? { colour: found.colour } : {}) });
  }
  return questions.length > 0 ? questions : undefined;
}

/** Questions about how many there are, if any, at a place; others are about one thing that is taken to be there. */
export const counts = (kind: QuestionKind): boolean => kind === 'count' || kind === 'presence';

/** "Are there two cups?" cannot be answered by "yes, a cup". */
const saysHowMany =
  /(?:^|\s)(?:two|three|four|five|six|seven|eight|nine|ten|\d+|두|세|네|다섯|여섯|일곱|여덟|아홉|열)(?= (?!번)|$)/i;

/** There always is a biggest and a nearest one: being it says nothing about being big or near. */
const isCompared = ({ which }: Thing): boolean =>
  which?.parsed.selectors.some(({ kind }) => kind === 'size' || kind === 'distance') ?? false;

/** "Answer yes or no." asks for nothing more. */
const isInstruction = (clause: string): boolean =>
  /^\s*(?:please )?(?:answer|reply|respond)(?: with| only| just)* (?:yes or no|briefly|in one sentence|a number)\W*$/i.test(
    clause,
  ) || /^\s*(?:예|네)(?:나|,)? ?(?:또는 |혹은 )?아니(?:오|요)로? ?(?:만 )?(?:대?답.*)?$/.test(clause);
