import { findOperation } from '@atelier/sdk';
import { Mask } from '@atelier/sdk/image';
import { describe, expect, it } from 'vitest';
import { inKorean } from './korean-reasons.ts';

describe('reasons in Korean', () => {
  it.each([
    ['no dining table is seen there any more', '식탁이 더 이상 보이지 않습니다'],
    ['a cup is still seen there (32 %)', '컵이 아직 보입니다(32 %)'],
    ['no pixel changed', '바뀐 픽셀이 없습니다'],
    ['"a cat" is not seen there', '“a cat”이 보이지 않습니다'],
    ['asked whether it is there: "no"', '있는지 물어보니 답은 “no”였습니다'],
    ['There is no edit to undo.', '되돌릴 편집이 없습니다'],
  ])('%s', (english, korean) => expect(inKorean(english)).toBe(korean));

  it('quotes what it does not know', () => {
    expect(inKorean('The moon is full.')).toBe('도구의 말은 “The moon is full”입니다');
  });

  // A new operation needs no line here: until it has one, its evidence is quoted, as the test above shows.
  it.each(['blur', 'brighten', 'clear', 'fill', 'pixelate', 'recolour'])(
    'knows what %s says about its pixels',
    (name) => {
      const size = { width: 16, height: 16 };
      const data = Uint8Array.from({ length: 16 * 16 * 4 }, (_, index) => (index % 4 === 3 ? 255 : (index * 37) % 251));
      const alpha = Mask.fromBox(size, { x: 0, y: 0, ...size }).data.map((bit) => bit * 255);
      const operation = findOperation(name);
      const parameters = operation.parameters.parse(operation.example);
      const before = { ...size, data };
      const after = { ...size, data: operation.apply(before, parameters, alpha) };
      const { evidence } = operation.measure(before, after, parameters, alpha);
      expect(inKorean(evidence), evidence).not.toContain('도구의 말');
    },
  );
});
