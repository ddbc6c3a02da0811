import { describe, expect, it } from 'vitest';
import type { Language } from '../ask/contract.ts';
import { matchAdjustment } from './match-adjustment.ts';

/** `operation region target parameters`, a dash for what is absent: short enough to read a table of them. */
function shown(clause: string, language: Language): string | undefined {
  const match = matchAdjustment(clause, language);
  if (!match) return undefined;
  const values = Object.values(match.parameters).join(' ');
  return [match.operation, match.region, match.target ?? '-', values || '-'].join(' | ');
}

describe('matchAdjustment in English', () => {
  it.each([
    ['make the cup blue', 'recolour | subject | the cup | blue'],
    ['Make the cup blue.', 'recolour | subject | the cup | blue'],
    ['paint the cup dark green', 'recolour | subject | the cup | dark green'],
    ['colour the cup #ff0000', 'recolour | subject | the cup | #ff0000'],
    ['color the cup on the left rgb(1, 2, 3)', 'recolour | subject | the cup on the left | rgb(1, 2, 3)'],
    ['turn the cup into blue', 'recolour | subject | the cup | blue'],
    ['turn the cup a light blue', 'recolour | subject | the cup | light blue'],
    ['dye the white cup light blue', 'recolour | subject | the white cup | light blue'],
    ['change the colour of the cup to blue', 'recolour | subject | the cup | blue'],
    ["change the cup's color to sky blue", 'recolour | subject | the cup | sky blue'],
    ['change the cup color to blue', 'recolour | subject | the cup | blue'],
    ['change its colour to blue', 'recolour | subject | its | blue'],
    ['change the red cup colour from red to dark blue', 'recolour | subject | the red cup | dark blue'],
    ['blur the background a bit', 'blur | background | - | -'],
    ['blur the background slightly', 'blur | background | - | -'],
    ['blur the cup a little', 'blur | subject | the cup | -'],
    ['slightly blur the background', 'blur | background | - | -'],
    ["hide the person's face", "pixelate | subject | the person's face | -"],
    ['hide the number plate', 'pixelate | subject | the number plate | -'],
    ['make the photo 20% brighter', 'brighten | everything | - | 0.2'],
    ['make the cup 40 percent darker', 'brighten | subject | the cup | -0.4'],
    ['brighten the photo 20%', 'brighten | everything | - | 0.2'],
    ['slightly darken the photo', 'brighten | everything | - | -0.18'],
    ['change the cup from red to blue', 'recolour | subject | the cup | blue'],
    ['make the background white', 'fill | background | - | white'],
    ['change the background to light blue', 'fill | background | - | light blue'],
    ['replace the background with a plain grey', 'fill | background | - | grey'],
    ['make everything but the cup white', 'fill | background | the cup | white'],
    ['fill the cup with red', 'fill | subject | the cup | red'],
    ['make the background transparent', 'clear | background | - | -'],
    ['remove the background', 'clear | background | - | -'],
    ["remove the dog's background", 'clear | background | the dog | -'],
    ['remove everything except the cup', 'clear | background | the cup | -'],
    ['make the cup transparent', 'clear | subject | the cup | -'],
    ["blur the person's face", "blur | subject | the person's face | -"],
    ['blur out the face', 'blur | subject | the face | -'],
    ['blur the face out', 'blur | subject | the face | -'],
    ['blur the background', 'blur | background | - | -'],
    ['blur the background behind the dog with a radius of 12 px', 'blur | background | the dog | 12'],
    ['blur everything but the dog', 'blur | background | the dog | -'],
    ['make the background blurry', 'blur | background | - | -'],
    ['pixelate the face', 'pixelate | subject | the face | -'],
    ['pixelate all except the cup', 'pixelate | background | the cup | -'],
    ['censor the number plate', 'pixelate | subject | the number plate | -'],
    ['put a mosaic on the face', 'pixelate | subject | the face | -'],
    ['make the cup brighter', 'brighten | subject | the cup | 0.35'],
    ['make the picture a bit darker', 'brighten | everything | - | -0.18'],
    ['brighten up the whole photo by 20%', 'brighten | everything | - | 0.2'],
    ['darken everything around the cup', 'brighten | background | the cup | -0.35'],
    ['brighten the cup a lot', 'brighten | subject | the cup | 0.65'],
  ])('reads "%s"', (clause, expected) => expect(shown(clause, 'en')).toBe(expected));

  it.each([
    'make the cup shiny',
    'hide the cup',
    'change the colour to blue',
    'remove the cup',
    'replace the dog with a cat',
    'replace the apple with an orange',
    'turn the apple into an orange',
    'what colour is the cup',
    'cut out the cat',
    'blur',
  ])('leaves "%s" to others', (clause) => expect(shown(clause, 'en')).toBeUndefined());
});

describe('matchAdjustment in Korean', () => {
  it.each([
    ['컵을 파랗게 만들어', 'recolour | subject | 컵 | 파랗게'],
    ['컵을 파란색으로 바꿔', 'recolour | subject | 컵 | 파란색'],
    ['컵을 파란색으로 칠해줘', 'recolour | subject | 컵 | 파란색'],
    ['컵을 파랗게 해줄래?', 'recolour | subject | 컵 | 파랗게'],
    ['빨간 컵을 연한 파란색으로 바꿔 줘', 'recolour | subject | 빨간 컵 | 연한 파란색'],
    ['컵 색을 파란색으로 바꿔', 'recolour | subject | 컵 | 파란색'],
    ['컵의 색깔을 노란색으로 변경해 주세요', 'recolour | subject | 컵 | 노란색'],
    ['왼쪽 컵을 초록색으로 칠해', 'recolour | subject | 왼쪽 컵 | 초록색'],
    ['강아지를 하얗게 만들어', 'recolour | subject | 강아지 | 하얗게'],
    ['배경을 하얗게 만들어', 'fill | background | - | 하얗게'],
    ['배경을 흰색으로 바꿔줘', 'fill | background | - | 흰색'],
    ['배경을 빨간색으로 채워', 'fill | background | - | 빨간색'],
    ['컵 빼고 나머지를 흰색으로 만들어', 'fill | background | 컵 | 흰색'],
    ['배경을 투명하게 해', 'clear | background | - | -'],
    ['배경을 지워', 'clear | background | - | -'],
    ['배경 제거', 'clear | background | - | -'],
    ['컵을 제외한 나머지를 지워줘', 'clear | background | 컵 | -'],
    ['얼굴을 흐리게 해줘', 'blur | subject | 얼굴 | -'],
    ['컵만 남기고 배경을 흐리게 해줘', 'blur | background | 컵 | -'],
    ['컵은 남기고 나머지를 흐리게 해줘', 'blur | background | 컵 | -'],
    ['컵만 남기고 다 지워줘', 'clear | background | 컵 | -'],
    ['배경을 조금 흐리게 해줘', 'blur | background | - | -'],
    ['배경을 살짝만 흐리게 해줘', 'blur | background | - | -'],
    ['사진을 조금만 밝게 해줘', 'brighten | everything | - | 0.18'],
    ['사람 얼굴을 가려줘', 'pixelate | subject | 사람 얼굴 | -'],
    ['배경을 흐리게', 'blur | background | - | -'],
    ['배경 흐리게 해 주세요', 'blur | background | - | -'],
    ['컵 빼고 다 흐리게', 'blur | background | 컵 | -'],
    ['컵 뒤 배경을 흐리게', 'blur | background | 컵 | -'],
    ['사람 얼굴 모자이크 처리해', 'pixelate | subject | 사람 얼굴 | -'],
    ['얼굴에 모자이크 해줘', 'pixelate | subject | 얼굴 | -'],
    ['컵을 밝게', 'brighten | subject | 컵 | 0.35'],
    ['컵을 더 어둡게 해', 'brighten | subject | 컵 | -0.35'],
    ['사진 전체를 조금 밝게 해줘', 'brighten | everything | - | 0.18'],
    ['컵 밝기를 30% 높여줘', 'brighten | subject | 컵 | 0.3'],
  ])('reads "%s"', (clause, expected) => expect(shown(clause, 'ko')).toBe(expected));

  it.each(['컵을 지워', '강아지를 고양이로 바꿔', '컵이 무슨 색이야', '왼쪽 컵'])('leaves "%s" to others', (clause) =>
    expect(shown(clause, 'ko')).toBeUndefined(),
  );

  it('reads a clause in the other language than was expected', () => {
    expect(shown('컵을 파랗게', 'en')).toBe('recolour | subject | 컵 | 파랗게');
    expect(shown('make the cup blue', 'ko')).toBe('recolour | subject | the cup | blue');
  });
});

describe('every match', () => {
  it('answers quickly however long and odd the clause', () => {
    const start = performance.now();
    for (const clause of [
      'make '.repeat(200),
      'the cup to '.repeat(100),
      '컵을 '.repeat(200),
      `blur ${'a '.repeat(300)}by`,
    ]) {
      matchAdjustment(clause, 'en');
    }
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
