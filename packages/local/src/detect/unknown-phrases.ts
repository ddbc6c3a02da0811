import type { Unable } from '@atelier/sdk';
import { readPhrase } from './read-phrase.ts';
import { shapeLabels } from './shape/shape-names.ts';
import { knownLabels } from './vocabulary.ts';

/** Everyday things, for hints that cannot list all. */
const examples = [
  'person',
  'face',
  'cat',
  'dog',
  'car',
  'bicycle',
  'chair',
  'dining table',
  'cup',
  'bottle',
  'cell phone',
];

/** Why these phrases cannot be looked for; undefined where all can. */
export function unknownPhrases(phrases: readonly string[]): Unable | undefined {
  const unknown = phrases.filter((phrase) => !readPhrase(phrase));
  if (unknown.length === 0) return undefined;
  const named = unknown.map((phrase) => `"${phrase}"`).join(' and ');
  return {
    code: 'phrase-unknown',
    hint:
      `The local detector cannot recognise ${named}. It knows ${knownLabels.length} things: ${examples.join(', ')} ` +
      `and ${knownLabels.length - examples.length} more; shapes: ${shapeLabels.join(', ')}; text; and of these, or of ` +
      `any "thing", those of a colour ("red cup", "blue square", "white thing"). A backend with open-vocabulary detection (triton with OWLv2) knows any.`,
    details: { unknown, known: [...knownLabels, ...shapeLabels, 'text'] },
  };
}
