import type { Experimental_DecisionModelV4Answer as DecisionAnswer } from '@ai-sdk/provider';

/** What a model's "yes" or "no" means. The model gives no probability, so it is 1 or 0. */
export function toBoolean(text: string): DecisionAnswer {
  const word = /^[\s"'*.]*(yes|no|true|false)\b/i.exec(text)?.[1]?.toLowerCase();
  if (word === undefined) return { type: 'refusal' };
  return { type: 'boolean', probability: word === 'yes' || word === 'true' ? 1 : 0 };
}

/** The option that a model's answer names: the answer as a whole, or the only option that occurs in it as words. */
export function toChoice(text: string, options: readonly string[]): DecisionAnswer {
  const said = plain(text);
  const exact = options.filter((option) => plain(option) === said);
  const found = exact.length > 0 ? exact : withoutParts(options.filter((option) => occurs(plain(option), said)));
  const [choice] = found;
  return choice !== undefined && found.length === 1 ? { type: 'choice', choice } : { type: 'refusal' };
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const occurs = (words: string, text: string): boolean => words !== '' && ` ${text} `.includes(` ${words} `);

/** "red cup" was said, so "cup" was said in passing. */
const withoutParts = (options: readonly string[]): string[] =>
  options.filter((option) => !options.some((other) => other !== option && occurs(plain(option), plain(other))));
