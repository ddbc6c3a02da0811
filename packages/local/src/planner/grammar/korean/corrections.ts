import { trimKorean } from '../frames/korean-thing.ts';
import type { Part } from '../part.ts';

const opening = /^(?:(?:아|앗|어|음|참|잠깐|잠깐만|근데)[ ,.~]*)*(?:아니다|아니야|아냐|아니|정정)(?=[ ,.~!]|$)[ ,.~!]*/;

/** Whether words take back what was asked before them: 아 아니다. */
export const takesBack = (words: string): boolean => opening.test(words);

/** The words after the sign that something is taken back. */
export const afterCorrection = (words: string): string => words.replace(opening, '');

/**
 * What still stands of the parts before a correction. A thing that shall stay takes back what was asked for it
 * (아니다 자전거는 놔두고); another request takes the place of the last one, and may go on about its thing (아니 파랗게).
 */
export function correctedBy(
  before: readonly Part[],
  after: Part,
  thingOf: (request: string) => string | undefined,
): readonly Part[] {
  if (after.kind === 'declined' && after.thing !== undefined) {
    const noun = trimKorean(after.thing).split(' ').at(-1) ?? '';
    return before.filter((part) => part.kind !== 'request' || !part.text.includes(noun));
  }
  const last = before.findLastIndex(({ kind }) => kind === 'request');
  const request = before[last];
  if (after.kind !== 'request' || request?.kind !== 'request' || isAddition(after.text)) return before;
  const thing = thingOf(request.text);
  const topic: readonly Part[] = thing === undefined ? [] : [{ kind: 'topic', thing }];
  return [...before.slice(0, last), ...topic, ...before.slice(last + 1)];
}

/** 아니 저것도 지워줘: more of the same. */
const isAddition = (text: string): boolean => /[가-힣]도 |(?:^| )(?:그리고|또|근데) /.test(text);
