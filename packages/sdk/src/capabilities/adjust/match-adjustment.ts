import type { Language } from '../ask/contract.ts';
import type { AdjustOperation, AdjustRegion, Phrasing } from './operation.ts';
import { adjustOperations } from './operations/index.ts';
import { readTarget } from './phrasing/read-target.ts';

/** An adjustment as a clause asks for it. */
export interface AdjustmentMatch {
  /** A name from `adjustOperations`. */
  readonly operation: string;
  /** Already fits the operation's schema; defaults are not filled in. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The words for the thing. With region `background` it is what stays as it is; absent where none was named. */
  readonly target?: string;
  readonly region: AdjustRegion;
}

/** Longer clauses are no short wish; the limit also bounds the work of the patterns. */
const longest = 300;

/** Colour names are read in both languages, so that a Korean pattern might fit an English clause. */
const hangul = /[\uac00-\ud7a3]/;

interface Offer {
  readonly operation: AdjustOperation;
  readonly phrasing: Phrasing;
}

const offers: readonly Offer[] = adjustOperations.flatMap((operation) =>
  operation.phrasings.map((phrasing) => ({ operation, phrasing })),
);

function ranked(language: Language): readonly Offer[] {
  const rank = ({ phrasing }: Offer): number =>
    (phrasing.language === language ? 0 : 2) + (phrasing.onlyFor === undefined ? 1 : 0);
  return [...offers].sort((one, other) => rank(one) - rank(other));
}

const inOrder: Readonly<Record<Language, readonly Offer[]>> = { en: ranked('en'), ko: ranked('ko') };

/**
 * Tries every operation's phrasings against one clause (no politeness), those of `language` first. The one place where
 * precedence is decided: phrasings bound to a region (`onlyFor`) come before those that take any; then the order of
 * the operations and of their phrasings holds. Undefined where no operation was asked for.
 */
export function matchAdjustment(clause: string, language: Language): AdjustmentMatch | undefined {
  const text = normalise(clause);
  if (text.length > longest) return undefined;
  for (const { operation, phrasing } of inOrder[language]) {
    if (phrasing.language === 'ko' && !hangul.test(text)) continue;
    const match = matchPhrasing(text, operation, phrasing);
    if (match) return match;
  }
  return undefined;
}

function matchPhrasing(text: string, operation: AdjustOperation, phrasing: Phrasing): AdjustmentMatch | undefined {
  const match = phrasing.pattern.exec(text);
  if (!match) return undefined;
  const groups: Record<string, string | undefined> = match.groups ?? {};
  const read = groups.target === undefined ? { region: phrasing.region ?? 'everything' } : readTarget(groups.target);
  const region = read.region === 'subject' ? (phrasing.region ?? 'subject') : read.region;
  if (phrasing.onlyFor !== undefined && phrasing.onlyFor !== region) return undefined;
  const parameters = phrasing.parameters(groups);
  if (!parameters || !operation.parameters.safeParse(parameters).success) return undefined;
  return { ...read, operation: operation.name, parameters, region };
}

/** One space between words, straight quotes, lower case, no final punctuation: what phrasings are written for. */
function normalise(clause: string): string {
  return clause
    .normalize('NFC')
    .toLowerCase()
    .replace(/[‘’]/g, "'")
    .replace(/\s+/g, ' ')
    .replace(/[\s.!?~,]+$/, '')
    .trim();
}
