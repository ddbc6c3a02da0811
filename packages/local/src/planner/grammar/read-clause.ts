import { again } from '../intents/again.ts';
import { questionMark } from '../intents/ask.ts';
import { intentGrammars } from '../intents/index.ts';
import type { Intent } from '../intents/intent.ts';
import type { Clause } from './clause.ts';
import { readFrame } from './frames/read-frame.ts';

/** Longer clauses are not read: nobody asks for one thing in so many words. Characters. */
const longestClause = 500;

/** What one clause asks for, by the patterns of the intents or else by its signs; empty where nothing understands it. */
export function readClause(clause: Clause): readonly Intent[] {
  if (clause.text === '' || clause.text.length > longestClause) return [];
  for (const grammar of intentGrammars) {
    const intents = grammar.read(clause);
    if (intents.length > 0) return intents;
  }
  const framed = readFrame(clause);
  if (framed.length > 0) return framed;
  const repeated = again.read(clause);
  return repeated.length > 0 ? repeated : questionMark.read(clause);
}
