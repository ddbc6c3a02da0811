import { again } from '../intents/again.ts';
import { questionMark } from '../intents/ask.ts';
import { generateThing } from '../intents/generate.ts';
import { intentGrammars } from '../intents/index.ts';
import type { Intent } from '../intents/intent.ts';
import type { Clause } from './clause.ts';
import { withoutReason } from './frames/english-trim.ts';
import { readFrame } from './frames/read-frame.ts';

/** Longer clauses are not read: nobody asks for one thing in so many words. Characters. */
const longestClause = 500;

/** In order: whole patterns first, then signs anywhere in the clause, then what is loosest. */
const readers = [
  ...intentGrammars.map((grammar) => (clause: Clause) => grammar.read(clause)),
  readFrame,
  ...[again, generateThing, questionMark].map((grammar) => (clause: Clause) => grammar.read(clause)),
];

/** What one clause asks for; empty where nothing understands it, with or without the reason at its end. */
export function readClause(clause: Clause): readonly Intent[] {
  if (clause.text === '' || clause.text.length > longestClause) return [];
  const bare = clause.language === 'en' ? withoutReason(clause.text) : clause.text;
  for (const text of new Set([clause.text, bare])) {
    for (const read of readers) {
      const intents = read({ ...clause, text });
      if (intents.length > 0) return intents;
    }
  }
  return [];
}
