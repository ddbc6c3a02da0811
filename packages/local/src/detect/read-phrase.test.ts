import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPhrase } from './read-phrase.ts';

const told = (phrase: string) => {
  const meaning = readPhrase(phrase);
  if (!meaning) return undefined;
  const { colour, labels, shape, anything, text } = meaning;
  return [colour?.said, ...labels, shape?.label, anything ? 'anything' : undefined, text ? 'text' : undefined]
    .filter(Boolean)
    .join(' + ');
};

describe('readPhrase', () => {
  it.each([
    ['cup', 'cup'],
    ['the red cup', 'red + cup'],
    ['blue cars', 'blue + car'],
    ['dark red car', 'dark red + car'],
    ['cup that is red', 'red + cup'],
    ['person in red', 'red + person'],
    ['red-coloured cup', 'red + cup'],
    ['white one', 'white + anything'],
    ['blue thing', 'blue + anything'],
    ['orange', 'orange'],
    ['orange orange', 'orange + orange'],
    ['red ball', 'red + sports ball + ball'],
    ['round thing', 'circle'],
    ['round red thing', 'red + circle'],
    ['red round thing', 'red + circle'],
    ['circles', 'circle'],
    ['star', 'star'],
    ['red star-shaped thing', 'red + star'],
    ['red heart shape', 'red + heart'],
    ['stop sign', 'stop sign'],
    ['text', 'text'],
    ['words', 'text'],
    ["sign's text", 'text'],
    ['white text on the sign', 'white + text'],
    ['빨간 컵', '빨간 + cup'],
    ['빨간색의 컵을', '빨간색 + cup'],
    ['연한 파란색 컵', '연한 파란색 + cup'],
    ['새빨간 컵', '빨간 + cup'],
    ['컵 중에 빨간 것', '빨간 + cup'],
    ['하얀 거', '하얀 + anything'],
    ['동그란 것만', 'circle'],
    ['파란 네모난 거', '파란 + quadrilateral'],
    ['빨간 공', '빨간 + sports ball + ball'],
    ['초록색 세모', '초록색 + triangle'],
    ['별 모양', 'star'],
    ['글씨', 'text'],
    ['간판의 글자', 'text'],
    ['빨간 글씨를', '빨간 + text'],
    ['saucer', undefined],
    ['red saucer', undefined],
    ['red', undefined],
    ['round', undefined],
    ['thing', undefined],
    ['round cup', undefined],
    ['red and white cup', undefined],
    ['dark-haired woman', undefined],
    ['mailbox', undefined],
    ['', undefined],
  ])('%j is %s', (phrase, meaning) => {
    expect(told(phrase)).toBe(meaning);
  });

  it('reads any text without an error', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.constantFrom('red red red red cup')),
        (phrase) => {
          readPhrase(phrase);
        },
      ),
    );
  });
});
