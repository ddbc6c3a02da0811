import { describe, expect, it } from 'vitest';
import { parsePhrase } from './parse-phrase.ts';

describe('the number in a phrase', () => {
  it.each([
    ['both cups', 2],
    ['the two faces', 2],
    ['all three dogs', 3],
    ['4 cars', 4],
    ['컵 두 개', 2],
    ['두 컵', 2],
    ['강아지 3마리', 3],
  ])('is read from %j', (phrase, count) => {
    expect(parsePhrase(phrase)).toMatchObject({ all: true, count });
  });

  it.each([
    'all cups',
    'the cups',
    'the second cup',
    'the cup',
    'the two-door car',
    '두 번째 컵',
    '모든 컵',
    'one cup',
  ])('is not read into %j', (phrase) => {
    expect(parsePhrase(phrase).count).toBeUndefined();
  });
});
