import type { Intent } from '../intents/intent.ts';
import { lastOf } from './join-clauses.ts';
import { type Language, languageOf } from './language.ts';
import { readSentence } from './read-sentence.ts';

/** Longer requests are not read at all. Characters. */
export const longestRequest = 2000;

/** The plan tool takes no more steps than this. */
const mostSteps = 30;

export interface ReadRequest {
  readonly language: Language;
  /** In the order to carry them out; empty when `notUnderstood`. */
  readonly intents: readonly Intent[];
  /** The words that made no sense; one part that is not understood stops all of it, for half a request is a wrong one. */
  readonly notUnderstood?: string;
}

/** Turns a text into what it asks for. Pure; never throws. */
export function readRequest(text: string): ReadRequest {
  const language = languageOf(text);
  const asked = text.normalize('NFC').trim();
  if (asked === '' || asked.length > longestRequest) return { language, intents: [], notUnderstood: asked };
  const intents: Intent[] = [];
  let lastTarget: string | undefined;
  for (const sentence of asked.split(/(?<=[.!?。])\s+|\n+/)) {
    const found = readSentence(sentence.replace(/\s+/g, ' ').trim(), language, lastTarget);
    if (!found) return { language, intents: [], notUnderstood: sentence.trim() };
    intents.push(...found);
    lastTarget = lastOf(found, lastTarget);
  }
  const steps = intents.reduce((sum, intent) => sum + intent.steps.length, 0);
  return steps === 0 || steps > mostSteps ? { language, intents: [], notUnderstood: asked } : { language, intents };
}
