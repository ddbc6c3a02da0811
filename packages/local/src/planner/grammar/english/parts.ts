import { question } from '../../intents/ask.ts';
import { anyContext, type Context } from '../context.ts';
import type { Part } from '../part.ts';
import { withoutPoliteness } from '../politeness.ts';
import { readClause } from '../read-clause.ts';
import { readBlocks } from './blocks.ts';
import { isChatter } from './chatter.ts';

/** The parts of an English sentence. A question is one thing, however many "and" it holds. */
export function englishParts(sentence: string, context: Context): readonly Part[] | undefined {
  const text = withoutPoliteness(sentence, 'en');
  const clause = { text, verbatim: sentence, language: 'en' as const, context: anyContext };
  const asks = question.read(clause).length > 0;
  if (asks && !/[,;.?-] ?(?:and |but )?(?:if|otherwise|never mind)\b/i.test(sentence))
    return [{ kind: 'request', text: sentence }];
  const parts = readBlocks(sentence, context);
  if (
    parts?.some(({ kind }) => kind === 'request') &&
    parts.every((part) => part.kind !== 'request' || understood(part.text))
  )
    return parts;
  const whole = readClause(clause);
  if (whole.length > 0 && whole.every(({ name }) => name === 'ask')) return [{ kind: 'request', text: sentence }];
  return parts ?? (isChatter(sentence) ? [] : undefined);
}

const understood = (words: string): boolean =>
  readClause({ text: withoutPoliteness(words, 'en'), verbatim: words, language: 'en', context: anyContext }).length > 0;
