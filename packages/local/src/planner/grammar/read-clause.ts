import { intentGrammars } from '../intents/index.ts';
import type { Intent } from '../intents/intent.ts';
import type { Clause } from './clause.ts';

/** What one clause asks for; empty where nothing understands it. */
export function readClause(clause: Clause): readonly Intent[] {
  for (const grammar of intentGrammars) {
    const intents = grammar.read(clause);
    if (intents.length > 0) return intents;
  }
  return [];
}
