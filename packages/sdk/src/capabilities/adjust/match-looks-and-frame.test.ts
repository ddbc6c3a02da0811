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

describe('less colour, in English', () => {
  it.each([
    ['make it black and white', 'desaturate | subject | it | -'],
    ['make the photo black and white', 'desaturate | everything | - | -'],
    ['convert to greyscale', 'desaturate | everything | - | -'],
    ['convert it to grayscale', 'desaturate | subject | it | -'],
    ['convert the picture to black & white', 'desaturate | everything | - | -'],
    ['turn the photo into a black and white photo', 'desaturate | everything | - | -'],
    ['turn the background black-and-white', 'desaturate | background | - | -'],
    ['make the background black and white', 'desaturate | background | - | -'],
    ['make everything but the bus black and white', 'desaturate | background | the bus | -'],
    ['everything but the bus black and white', 'desaturate | background | the bus | -'],
    ['everything except the cup in black and white', 'desaturate | background | the cup | -'],
    ['make everything black and white except the cup', 'desaturate | background | the cup | -'],
    ['keep only the bus in colour', 'desaturate | background | the bus | -'],
    ['keep the cup in color and make the rest black and white', 'desaturate | background | the cup | -'],
    ['leave only the red cup coloured', 'desaturate | background | the red cup | -'],
    ['black and white please', undefined],
    ['black and white', 'desaturate | everything | - | -'],
    ['greyscale', 'desaturate | everything | - | -'],
    ['in black and white', 'desaturate | everything | - | -'],
    ['make the cup monochrome', 'desaturate | subject | the cup | -'],
    ['desaturate the background', 'desaturate | background | - | -'],
    ['desaturate the cup by 40%', 'desaturate | subject | the cup | 0.4'],
    ['desaturate the picture slightly', 'desaturate | everything | - | 0.35'],
    ['remove the colour from the background', 'desaturate | background | - | -'],
    ['take all the color out of the picture', 'desaturate | everything | - | -'],
    ['drain the photo of its colour', 'desaturate | everything | - | -'],
    ['mute the colours of the sofa', 'desaturate | subject | the sofa | 0.5'],
    ['make the grass less saturated', 'desaturate | subject | the grass | 0.5'],
    ['reduce the saturation of the picture by 30%', 'desaturate | everything | - | 0.3'],
    ['apply a black and white filter to the photo', 'desaturate | everything | - | -'],
    ['make the cup grey', 'recolour | subject | the cup | grey'],
    ['make the black and white cat blue', 'recolour | subject | the black and white cat | blue'],
    ['make the cup black', 'recolour | subject | the cup | black'],
    ['blur the black and white cat', 'blur | subject | the black and white cat | -'],
    ['remove the black and white cat', undefined],
  ])('reads "%s"', (clause, expected) => expect(shown(clause, 'en')).toBe(expected));
});

describe('crisper detail, in English', () => {
  it.each([
    ['sharpen the cup', 'sharpen | subject | the cup | -'],
    ['sharpen the photo', 'sharpen | everything | - | -'],
    ['sharpen it', 'sharpen | subject | it | -'],
    ['sharpen up the picture a bit', 'sharpen | everything | - | 0.25'],
    ['slightly sharpen the cat', 'sharpen | subject | the cat | 0.25'],
    ["sharpen the cat's eyes", "sharpen | subject | the cat's eyes | -"],
    ['make the picture sharper', 'sharpen | everything | - | -'],
    ['make the cup a lot crisper', 'sharpen | subject | the cup | 0.85'],
    ['make the picture clearer', 'sharpen | everything | - | -'],
    ['make the photo less blurry', 'sharpen | everything | - | -'],
    ['increase the sharpness of the cat by 70%', 'sharpen | subject | the cat | 0.7'],
    ['bring out the details of the flag', 'sharpen | subject | the flag | -'],
    ['sharpen the background', 'sharpen | background | - | -'],
    ['clear the background', 'clear | background | - | -'],
    ['make the background clear', undefined],
    ['make the picture less sharp', undefined],
    ['make the picture blurry', 'blur | everything | - | -'],
  ])('reads "%s"', (clause, expected) => expect(shown(clause, 'en')).toBe(expected));
});

describe('a line around a thing, in English', () => {
  it.each([
    ['outline the cup', 'outline | subject | the cup | -'],
    ['outline the cup in red', 'outline | subject | the cup | red'],
    ['outline the dog with a thick blue line', 'outline | subject | the dog | blue thick'],
    ['draw a red outline around the cup', 'outline | subject | the cup | red'],
    ['put a white border around the dog', 'outline | subject | the dog | white'],
    ['add a thin yellow line around the cup on the left', 'outline | subject | the cup on the left | yellow thin'],
    ['add a 5 px red outline to the cat', 'outline | subject | the cat | red 5'],
    ['give the cat a thick white outline', 'outline | subject | the cat | white thick'],
    ['give the cup a sticker border', 'outline | subject | the cup | -'],
    ['trace the cup in green', 'outline | subject | the cup | green'],
    ['make the outline of the cup red', 'outline | subject | the cup | red'],
    ['put a border around the photo', 'outline | everything | - | -'],
    ['add an outline', 'outline | subject | - | -'],
    ['cut out the cup', undefined],
    ['draw a box around the cup', undefined],
  ])('reads "%s"', (clause, expected) => expect(shown(clause, 'en')).toBe(expected));
});

describe('less of the picture, in English', () => {
  it.each([
    ['crop to the dog', 'crop | subject | the dog | -'],
    ['crop the picture to the dog', 'crop | subject | the dog | -'],
    ['crop it to the dog on the left', 'crop | subject | the dog on the left | -'],
    ['crop in on the cup', 'crop | subject | the cup | -'],
    ['crop tightly around the cup', 'crop | subject | the cup | 0'],
    ['crop the photo tightly to the cup', 'crop | subject | the cup | 0'],
    ['trim the picture to the cup with a bit of room', 'crop | subject | the cup | 0.2'],
    ['trim the photo down to just the cup', 'crop | subject | the cup | -'],
    ['crop around the cat, leaving plenty of space around it', 'crop | subject | the cat | 0.4'],
    ['crop to the cat with a 25% margin', 'crop | subject | the cat | 0.25'],
    ['crop to the cat with no margin', 'crop | subject | the cat | 0'],
    ['cut the picture down to the cup', 'crop | subject | the cup | -'],
    ['crop the picture so that only the dog is visible', 'crop | subject | the dog | -'],
    ['crop everything but the dog', 'crop | subject | the dog | -'],
    ['crop out everything except the dog', 'crop | subject | the dog | -'],
    ['zoom in on the cup', 'crop | subject | the cup | -'],
    ['make the cup fill the frame', 'crop | subject | the cup | -'],
    ['crop the dog', 'crop | subject | the dog | -'],
    ['crop the picture', 'crop | subject | - | -'],
    ['crop out the dog', undefined],
    ['crop the dog out', undefined],
    ['cut out the dog', undefined],
    ['cut the dog out', undefined],
    ['remove everything but the dog', 'clear | background | the dog | -'],
  ])('reads "%s"', (clause, expected) => expect(shown(clause, 'en')).toBe(expected));
});

describe('a level picture, in English', () => {
  it.each([
    ['straighten the horizon', 'straighten | everything | - | -'],
    ['straighten the photo', 'straighten | everything | - | -'],
    ['straighten it', 'straighten | everything | - | -'],
    ['straighten it out', 'straighten | everything | - | -'],
    ['level the picture', 'straighten | everything | - | -'],
    ['level the horizon in this photo', 'straighten | everything | - | -'],
    ['make the horizon level', 'straighten | everything | - | -'],
    ['the photo is crooked, level it', 'straighten | everything | - | -'],
    ['the picture is a bit tilted', 'straighten | everything | - | -'],
    ['fix the crooked horizon', 'straighten | everything | - | -'],
    ['fix the tilt', 'straighten | everything | - | -'],
    ['rotate the photo by 3 degrees', 'straighten | everything | - | 3'],
    ['rotate the picture 2.5 degrees to the left', 'straighten | everything | - | -2.5'],
    ['turn it counterclockwise by 4°', 'straighten | everything | - | -4'],
    ['rotate the picture', undefined],
    ['rotate the picture by 90 degrees', undefined],
    ['straighten the tie', undefined],
  ])('reads "%s"', (clause, expected) => expect(shown(clause, 'en')).toBe(expected));
});

describe('the same in Korean', () => {
  it.each([
    ['그것을 흑백으로', 'desaturate | subject | 그것 | -'],
    ['그것을 흑백 사진으로 만들어 줘', 'desaturate | subject | 그것 | -'],
    // What is left out is the planner's to fill in.
    ['흑백으로', undefined],
    ['흑백으로 바꿔줘', undefined],
    ['사진을 흑백으로 바꿔줘', 'desaturate | everything | - | -'],
    ['배경을 흑백으로 만들어', 'desaturate | background | - | -'],
    ['배경만 흑백으로 해줘', 'desaturate | background | - | -'],
    ['버스만 빼고 다 흑백으로', 'desaturate | background | 버스 | -'],
    ['버스 빼고 나머지를 흑백으로 바꿔줘', 'desaturate | background | 버스 | -'],
    ['버스만 컬러로 남기고 나머지는 흑백으로 해줘', 'desaturate | background | 버스 | -'],
    ['컵을 흑백 처리해줘', 'desaturate | subject | 컵 | -'],
    ['컵의 색을 빼줘', 'desaturate | subject | 컵 | -'],
    ['배경의 채도를 낮춰줘', 'desaturate | background | - | 0.5'],
    ['사진 채도를 30% 낮춰줘', 'desaturate | everything | - | 0.3'],
    ['컵을 회색으로 바꿔', 'recolour | subject | 컵 | 회색'],
    ['좀 더 선명하게', undefined],
    ['더 선명하게 해줘', undefined],
    ['더 밝게 해줘', undefined],
    ['사진을 더 선명하게 해줘', 'sharpen | everything | - | -'],
    ['고양이를 또렷하게 만들어 줘', 'sharpen | subject | 고양이 | -'],
    ['컵 선명도를 높여줘', 'sharpen | subject | 컵 | -'],
    ['사진을 덜 흐리게 해줘', 'sharpen | everything | - | -'],
    ['컵을 선명한 파란색으로 바꿔줘', 'recolour | subject | 컵 | 선명한 파란색'],
    ['테두리 둘러줘', 'outline | subject | - | -'],
    ['컵에 테두리 둘러줘', 'outline | subject | 컵 | -'],
    ['컵에 빨간 테두리를 그려줘', 'outline | subject | 컵 | 빨간'],
    ['강아지에 두꺼운 흰색 테두리를 넣어줘', 'outline | subject | 강아지 | 흰색 thick'],
    ['컵 윤곽선을 파란색으로 그려줘', 'outline | subject | 컵 | 파란색'],
    ['컵 테두리를 빨갛게 칠해줘', 'outline | subject | 컵 | 빨갛게'],
    ['강아지 주위에 노란 선을 그려줘', 'outline | subject | 강아지 | 노란'],
    ['강아지만 나오게 잘라줘', 'crop | subject | 강아지 | -'],
    ['사진을 강아지만 나오게 잘라줘', 'crop | subject | 강아지 | -'],
    ['컵만 보이게 크롭해줘', 'crop | subject | 컵 | -'],
    ['컵 중심으로 잘라줘', 'crop | subject | 컵 | -'],
    ['컵에 맞춰 잘라줘', 'crop | subject | 컵 | -'],
    ['여백을 조금 두고 컵만 나오게 잘라줘', 'crop | subject | 컵 | 0.2'],
    ['컵만 나오게 여백을 넉넉하게 두고 잘라줘', 'crop | subject | 컵 | 0.4'],
    ['컵만 나오게 딱 맞게 잘라줘', 'crop | subject | 컵 | 0'],
    ['컵으로 크롭해줘', 'crop | subject | 컵 | -'],
    ['컵만 남기고 잘라줘', 'crop | subject | 컵 | -'],
    ['사진을 크롭해줘', 'crop | subject | - | -'],
    ['컵 잘라줘', undefined],
    ['컵을 오려줘', undefined],
    ['컵만 남기고 다 지워줘', 'clear | background | 컵 | -'],
    ['수평 맞춰줘', 'straighten | everything | - | -'],
    ['수평을 맞춰 주세요', 'straighten | everything | - | -'],
    ['사진 수평 좀 맞춰줘', 'straighten | everything | - | -'],
    ['사진이 기울었어 바로잡아줘', 'straighten | everything | - | -'],
    ['기울어진 사진을 똑바로 해줘', 'straighten | everything | - | -'],
    ['사진을 똑바로 세워줘', 'straighten | everything | - | -'],
    ['기울기를 보정해줘', 'straighten | everything | - | -'],
    ['사진을 오른쪽으로 3도 돌려줘', 'straighten | everything | - | 3'],
    ['사진을 반시계 방향으로 2.5도 회전해줘', 'straighten | everything | - | -2.5'],
    ['사진을 돌려줘', undefined],
  ])('reads "%s"', (clause, expected) => expect(shown(clause, 'ko')).toBe(expected));
});
