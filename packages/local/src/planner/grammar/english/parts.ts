import { anyContext, type Context } from '../context.ts';
import type { Part } from '../part.ts';
import { withoutPoliteness } from '../politeness.ts';
import { readClause } from '../read-clause.ts';
import { readBlocks } from './blocks.ts';
import { isChatter } from './chatter.ts';

/** The parts of an English sentence. A question is one thing, however many "and" it holds. */
export function englishParts(sentence: string, context: Context): readonly Part[] | undefined {
  const whole = readClause({
    text: withoutPoliteness(sentence, 'en'),
    verbatim: sentence,
    language: 'en',
    context: anyContext,
  });
  const isQuestion = whole.length > 0 && whole.every(({ name }) => name === 'ask');
  if (isQuestion && !/[,;.?-] ?(?:and )?(?:if|otherwise)\b/i.test(sentence)) return [{ kind: 'request', text: sentence }];
  const parts = readBlocks(sentence, context);
  return parts ?? (isChatter(sentence) ? [] : undefined);
}
