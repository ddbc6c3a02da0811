import { question } from '../../intents/ask.ts';
import { anyContext, type Context } from '../context.ts';
import type { Part } from '../part.ts';
import { withoutPoliteness } from '../politeness.ts';
import { readClause } from '../read-clause.ts';
import { askedThenTold } from './asked-then-told.ts';
import { readBlocks, thingSpokenOf } from './blocks.ts';
import { isChatter } from './chatter.ts';
import { clausesOf, isUnderstood } from './clauses.ts';
import { newPicture } from './new-pictures.ts';
import { isPlan } from './stories.ts';

/** The parts of an English sentence. A question is one thing, however many "and" it holds. */
export function englishParts(sentence: string, context: Context): readonly Part[] | undefined {
  const text = withoutPoliteness(sentence, 'en');
  const clause = { text, verbatim: sentence, language: 'en' as const, context: anyContext };
  if (isPlan(sentence)) return [{ kind: 'aside' }];
  const made = newPicture(sentence);
  if (made) return [made.part, ...(made.rest === '' ? [] : clausesOf(made.rest))];
  const asks =
    !/^when(?:ever)? (?:there(?:'s| is| are)|you (?:can )?(?:see|find|spot))\b/i.test(text) &&
    question.read(clause).length > 0;
  const both = asks ? askedThenTold(sentence) : undefined;
  if (both)
    return [{ kind: 'request', text: both.asked }, ...(englishParts(both.told, context) ?? clausesOf(both.told))];
  if (asks && !/[,;.?-] ?(?:and |but )?(?:if|otherwise|never mind)\b/i.test(sentence))
    return [{ kind: 'request', text: sentence }];
  const announced = /^[^:?]{1,60}: (?<rest>.+)$/.exec(text)?.groups?.rest;
  if (announced !== undefined && question.read({ ...clause, text: withoutPoliteness(announced, 'en') }).length > 0)
    return [{ kind: 'request', text: announced }];
  const parts = readBlocks(sentence, context);
  if (parts?.some(({ kind }) => kind === 'request') && parts.every(isUnderstood))
    return withoutWithdrawn(parts, sentence);
  const whole = readClause(clause);
  if (whole.length > 0 && whole.every(({ name }) => name === 'ask')) return [{ kind: 'request', text: sentence }];
  return parts ?? (isChatter(sentence) ? [] : undefined);
}

const corrects =
  /\b(?:no,? wait|wait,? no|wait|scratch that|actually|on second thoughts?|hang on|hold on|forget (?:that|it)|never mind|no)\b/i;
const kindOf = (thing: string): string =>
  thing.toLowerCase().replace(/^(?:the|that|this|those|these|my|our|his|her|their|a|an|all|both) /, '');

/** "take out the dog... no wait, the dog can stay": what is spared after all is not edited. */
function withoutWithdrawn(parts: readonly Part[], sentence: string): readonly Part[] {
  if (!corrects.test(sentence)) return parts;
  return parts.filter((part, index) => {
    const thing = thingSpokenOf([part]);
    if (part.kind !== 'request' || thing === undefined) return true;
    return !parts
      .slice(index + 1)
      .some((later) => later.kind === 'declined' && later.thing !== undefined && kindOf(later.thing) === kindOf(thing));
  });
}
