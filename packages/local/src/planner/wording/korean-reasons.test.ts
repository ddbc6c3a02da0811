import { findPixelOperation } from '@atelier/sdk/adjust';
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
    [
      '600 x 400 cut down to 293 x 336 pixels, 0 of them changed, the whole thing inside',
      '600 x 400에서 293 x 336 픽셀로 잘랐고, 바뀐 픽셀은 0개이며, 대상이 모두 들어 있습니다',
    ],
    ['the picture is level already', '사진은 이미 수평이 맞습니다'],
    [
      'turned by -5.9° clockwise and cut to 574 x 307 pixels (mean difference to the turned original 0.5 of 255); its lines lean by 0.0° now',
      '반시계 방향으로 5.9° 돌리고 574 x 307 픽셀로 잘랐으며, 돌린 원본과의 평균 차이는 0.5이고 이제 선들의 기울기는 0.0°입니다',
    ],
    ['There is no edit to undo.', '되돌릴 편집이 없습니다'],
  ])('%s', (english, korean) => expect(inKorean(english)).toBe(korean));

  it('quotes what it does not know', () => {
    expect(inKorean('The moon is full.')).toBe('도구의 말은 “The moon is full”입니다');
  });

  // A new operation needs no line here: until it has one, its evidence is quoted, as the test above shows.
  it.each(['blur', 'brighten', 'clear', 'desaturate', 'fill', 'outline', 'pixelate', 'recolour', 'sharpen'])(
    'knows what %s says about its pixels',
    (name) => {
      const size = { width: 16, height: 16 };
      const data = Uint8Array.from({ length: 16 * 16 * 4 }, (_, index) => (index % 4 === 3 ? 255 : (index * 37) % 251));
      const alpha = Mask.fromBox(size, { x: 0, y: 0, ...size }).data.map((bit) => bit * 255);
      const operation = findPixelOperation(name);
      const parameters = operation.parameters.parse(operation.example);
      const before = { ...size, data };
      const after = { ...size, data: operation.apply(before, parameters, alpha) };
      const { evidence } = operation.measure(before, after, parameters, alpha);
      expect(inKorean(evidence), evidence).not.toContain('도구의 말');
    },
  );
});
