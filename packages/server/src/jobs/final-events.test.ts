import { describe, expect, it } from 'vitest';
import { cancelledEvent, failureEvent } from './final-events.ts';
import { deadlineExceeded, endedWithoutWord, otherRelease, workerLost } from './job-errors.ts';

describe('the end of a job outside of its run', () => {
  it.each([
    [deadlineExceeded(60), '정해진 기한(60초)까지 작업을 끝내지 못했습니다.'],
    [workerLost(3), '작업을 맡은 프로세스가 3번 멈춰 작업을 그만두었습니다.'],
    [endedWithoutWord(), '작업을 맡은 프로세스가 작업을 끝까지 하지 못했습니다.'],
    [otherRelease(), '작업을 맡은 프로세스가 작업을 끝까지 하지 못했습니다.'],
  ])('is told in Korean, and to developers in English: %s', (error, korean) => {
    expect(failureEvent(error, 'ko')).toMatchObject({ message: korean, error: { message: error.message } });
    expect(failureEvent(error, 'en')).toMatchObject({ message: error.message, error: { message: error.message } });
    expect(error.message).toMatch(/^[\x20-\x7e]+$/);
  });

  it('is told in the language of the job where somebody stopped it', () => {
    expect([cancelledEvent('ko').message, cancelledEvent('en').message]).toEqual(['취소했습니다.', 'Cancelled.']);
  });
});
