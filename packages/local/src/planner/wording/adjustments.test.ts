import { adjustOperations } from '@atelier/sdk';
import { describe, expect, it } from 'vitest';
import { adjustmentTask, tellAdjustment } from './adjustments.ts';
import { inKorean } from './korean-reasons.ts';
import { verdict } from './verdict.ts';

const told = (operation: string, parameters: Record<string, unknown>, language: 'en' | 'ko', several = false) => {
  const what = language === 'ko' ? '컵' : 'the cup';
  const { done, seen } = tellAdjustment({ operation, parameters, what, named: '', several }, language);
  return `${done} / ${seen}`;
};

describe('what is said of an adjustment', () => {
  it.each([
    ['desaturate', {}, 'I made the cup black and white / it is without colour'],
    ['desaturate', { amount: 0.4 }, 'I took some of the colour out of the cup / it is less colourful'],
    ['sharpen', {}, 'I made the cup sharper / it is'],
    ['outline', {}, 'I drew a white line around the cup / it is outlined'],
    ['outline', { colour: 'red' }, 'I drew a red line around the cup / it is outlined'],
    ['crop', {}, 'I cropped the picture to the cup / it is inside, and what stayed is unchanged'],
    ['straighten', {}, 'I straightened the cup / it is level'],
    ['straighten', { angle: 2 }, 'I turned the cup / it is turned'],
  ])('%s %j', (operation, parameters, expected) => expect(told(operation, parameters, 'en')).toBe(expected));

  it.each([
    ['desaturate', {}, '컵을 흑백으로 바꿨습니다 / 흑백이 되었습니다'],
    ['outline', { colour: '빨간' }, '컵에 테두리를 둘렀습니다 / 테두리가 생겼습니다'],
    ['crop', {}, '컵에 맞춰 사진을 잘랐습니다 / 대상이 모두 들어 있고 남은 픽셀은 그대로입니다'],
    ['straighten', {}, '컵의 수평을 맞췄습니다 / 수평이 맞습니다'],
  ])('%s %j in Korean', (operation, parameters, expected) => expect(told(operation, parameters, 'ko')).toBe(expected));

  it('is known for every operation, in both languages', () => {
    for (const { name, example } of adjustOperations) {
      expect(told(name, example, 'en')).not.toContain('as asked');
      expect(told(name, example, 'ko')).not.toContain('요청대로');
      expect(adjustmentTask(name, 'the cup', 'en')).not.toBe('Change the cup');
      expect(adjustmentTask(name, '컵', 'ko')).not.toBe('컵 바꾸기');
    }
  });
});

describe('a picture that stays as it is', () => {
  const deed = { done: 'I straightened the whole picture', seen: 'it is level', what: 'the whole picture' };

  it('is not said to be changed where it was level before', () => {
    const edit = {
      image: 'img_0',
      changedOutsideMask: 0,
      verified: { ok: true, reason: 'the picture is level already' },
    };
    expect(verdict(deed, edit, 'en')).toBe('The picture is level already; nothing was changed.');
    expect(verdict(deed, edit, 'ko')).toBe('사진은 이미 수평이 맞아서 아무것도 바꾸지 않았습니다.');
  });

  it.each([
    'no long straight lines show how far the picture leans: say by how many degrees',
    'the thing with its margin fills the picture: there is nothing to cut off',
  ])('is not said to be changed: %s', (reason) => {
    const edit = { image: 'img_0', changedOutsideMask: 0, verified: { ok: false, reason } };
    expect(verdict(deed, edit, 'en')).toBe(`Nothing changed: ${reason}.`);
    expect(inKorean(reason)).not.toContain('도구의 말');
    expect(verdict(deed, edit, 'ko')).toBe(`아무것도 바뀌지 않았습니다: ${inKorean(reason)}.`);
  });
});
