import { describe, expect, it } from 'vitest';
import { failureMessage } from '../failure-message.ts';
import { koreanMessage } from './korean-message.ts';
import { withParticle } from './particle.ts';

describe('an error in Korean', () => {
  it.each([
    [
      'phrase-unknown',
      'It cannot.',
      { unknown: ['유니콘'], known: ['cup', 'dog'] },
      '"유니콘"을 알아보지 못합니다. 알아보는 것은 2가지입니다.',
    ],
    ['no-match', 'Nothing.', { phrase: '개' }, '사진에서 “개”를 찾지 못했습니다.'],
    ['no-match', 'Nothing.', {}, '사진에서 그것을 찾지 못했습니다.'],
    [
      'choice-needed',
      'Two.',
      {
        phrase: '컵',
        candidates: [
          { number: 1, label: 'cup', score: 0.5 },
          { number: 2, label: 'cup', score: 0.4 },
        ],
      },
      '"컵": 맞는 것이 2개라 어느 것인지 정해야 합니다 (1: cup, 50 %; 2: cup, 40 %).',
    ],
    ['timed-out', 'Long.', { maxStepSeconds: 5 }, '한 단계가 정해진 시간(5초) 안에 끝나지 않았습니다.'],
    [
      'model-failed',
      'It.',
      { server: 'http://a', model: 'sam', serverMessage: ' OOM ' },
      'http://a, sam: 모델이 작업 중에 실패했습니다 (“OOM”).',
    ],
    ['brain-failed', 'It said “예”.', {}, '두뇌가 끝까지 하지 못했습니다: “It said “예”.”'],
    ['not-found', 'There is no file /사진/컵.png.', {}, '찾는 것이 없습니다: “There is no file /사진/컵.png.”'],
  ])('%s: %s', (code, message, details, korean) => {
    expect(koreanMessage({ code, message, details })).toBe(korean);
  });

  it("keeps a brain's own Korean words, with whatever they quote", () => {
    const message = '“Remove the blue cup on the left” 작업에 실패했습니다: 도구의 말은 “out of memory”입니다.';
    expect(koreanMessage({ code: 'backend-failed', message })).toBe(message);
  });

  it('knows no other codes, and takes odd details', () => {
    expect(koreanMessage({ code: 'toString', message: 'x' })).toBeUndefined();
    expect(failureMessage({ code: 'bad-usage', message: 'x' }, 'ko')).toBe('x');
    const odd = { phrase: 3, candidates: [null, 'x', {}], reason: [] };
    expect(koreanMessage({ code: 'no-match', message: 'x', details: odd })).toBe('사진에서 그것을 찾지 못했습니다.');
  });

  it('is in English where that is wanted', () => {
    expect(failureMessage({ code: 'no-match', message: 'Nothing.' }, 'en')).toBe('Nothing.');
    expect(failureMessage({ code: 'cancelled', message: 'The call was cancelled.' }, 'en')).toBe('Cancelled.');
  });
});

it.each([
  ['컵', '컵을'],
  ['“고양이”', '“고양이”를'],
  ['cup', 'cup을(를)'],
  ['', '을(를)'],
])('particle of "%s"', (noun, expected) => expect(withParticle(noun, '을/를')).toBe(expected));
