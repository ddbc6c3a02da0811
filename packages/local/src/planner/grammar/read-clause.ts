import { adjust } from '../intents/adjust.ts';
import { again } from '../intents/again.ts';
import { questionMark } from '../intents/ask.ts';
import { generateThing } from '../intents/generate.ts';
import { intentGrammars } from '../intents/index.ts';
import type { Intent, IntentGrammar } from '../intents/intent.ts';
import type { Clause } from './clause.ts';
import { withoutReason } from './frames/english-trim.ts';
import { readFrame } from './frames/read-frame.ts';
import type { Language } from './language.ts';

/** Longer clauses are not read: nobody asks for one thing in so many words. Characters. */
const longestClause = 500;

type Reader = (clause: Clause) => readonly Intent[];
const readerOf =
  (grammar: IntentGrammar): Reader =>
  (clause) =>
    grammar.read(clause);
const loosest: readonly Reader[] = [again, generateThing, questionMark].map(readerOf);
const ofPictures = intentGrammars.slice(0, intentGrammars.indexOf(adjust));

/**
 * In order: English by whole patterns first, then by signs anywhere in the clause; Korean, whose verb comes last, by its
 * signs first. What is loosest comes last in both.
 */
const readers: Readonly<Record<Language, readonly Reader[]>> = {
  en: [...intentGrammars.map(readerOf), readFrame, ...loosest],
  ko: [...ofPictures.map(readerOf), readFrame, ...intentGrammars.slice(ofPictures.length).map(readerOf), ...loosest],
};

/** What one clause asks for; empty where nothing understands it, with or without the reason at its end. */
export function readClause(clause: Clause): readonly Intent[] {
  if (clause.text === '' || clause.text.length > longestClause) return [];
  const bare = clause.language === 'en' ? withoutReason(clause.text) : clause.text;
  for (const text of new Set([clause.text, bare])) {
    for (const read of readers[clause.language]) {
      const intents = read({ ...clause, text });
      if (intents.length > 0) return intents;
    }
  }
  return [];
}
