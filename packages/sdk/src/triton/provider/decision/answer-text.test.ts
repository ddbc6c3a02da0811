import { describe, expect, it } from 'vitest';
import { toBoolean, toChoice } from './answer-text.ts';

describe('answers in words', () => {
  it.each([
    ['yes', 1],
    ['Yes, there are two.', 1],
    ['"No."', 0],
    ['**No**', 0],
    ['true', 1],
  ])('%s', (text, probability) => {
    expect(toBoolean(text)).toEqual({ type: 'boolean', probability });
  });

  it.each(['', 'Maybe', 'Nothing is there', 'There is a yes-sign', 'Yesterday'])('refuses %j', (text) => {
    expect(toBoolean(text)).toEqual({ type: 'refusal' });
  });

  it.each([
    ['cup', ['cup', 'plate'], 'cup'],
    ['- Cup.', ['cup', 'plate'], 'cup'],
    ['It is a red cup.', ['cup', 'red cup', 'plate'], 'red cup'],
    ['cup', ['cup', 'red cup'], 'cup'],
    ['빨간 컵입니다: 컵', ['컵', '접시'], '컵'],
  ])('%j of %j', (text, options, choice) => {
    expect(toChoice(text, options)).toEqual({ type: 'choice', choice });
  });

  it.each([
    ['cupboard', ['cup', 'plate']],
    ['a cup and a plate', ['cup', 'plate']],
    ['', ['cup', 'plate']],
    ['neither', ['cup', '!']],
  ])('refuses %j of %j', (text, options) => {
    expect(toChoice(text, options)).toEqual({ type: 'refusal' });
  });
});
