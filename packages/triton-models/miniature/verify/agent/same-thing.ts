import { type ParsedPhrase, parsePhrase, type SpatialSelector } from '@atelier/sdk';

/**
 * Whether two phrases mean the same to whoever resolves them: the same shape and colour, size and place, the same things
 * it stands beside, one or as many. Other words for it do not count: "the ball that's on the left", "leftmost ball".
 */
export const sameThing = (one: string, other: string): boolean =>
  one === other || (one !== '' && other !== '' && meaning(one) === meaning(other));

const meaning = (phrase: string): string =>
  JSON.stringify([/\bother\b/i.test(phrase) ? 'other' : '', plain(parsePhrase(phrase))]);

function plain({ noun, selectors, all, count }: ParsedPhrase): unknown {
  const alone = selectors.length === 1 && !all;
  return [noun, all, count ?? 0, selectors.map((selector) => place(selector, alone))];
}

/** Of one thing, "on the left" and "leftmost" choose the same; beside something else said of it, or of several, a half is meant. */
function place(selector: SpatialSelector, alone: boolean): unknown {
  if (selector.kind === 'side' && alone && selector.sides.length === 1)
    return { kind: 'ordinal', from: selector.sides[0], index: 1 };
  return {
    ...selector,
    ...('anchor' in selector ? { anchor: plain(selector.anchor) } : {}),
    ...('other' in selector && selector.other ? { other: plain(selector.other) } : {}),
  };
}
