import type { LanguageModelV4Prompt } from '@ai-sdk/provider';
import { describe, expect, it } from 'vitest';
import { conversation, cutOut, edited, found, options } from '../../__fixtures__/conversation.ts';
import { outline } from '../../__fixtures__/outline.ts';
import { decide } from '../../decide.ts';
import { planRequest } from '../../plan-request.ts';
import type { BeyondKind } from './beyond.ts';

const blue = { ...edited('adjust_image', { ok: true, reason: 'seen' }), input: { operation: 'recolour' } };
const say = (text: string): LanguageModelV4Prompt[number] => ({ role: 'user', content: [{ type: 'text', text }] });
/** After "make the cup blue", so that "it" is a thing that could be edited. */
const afterCup = (request: string) =>
  decide(options([...conversation('make the cup blue', [found, cutOut, blue]), say(request)]));

const reasons: Readonly<Record<BeyondKind, RegExp>> = {
  turn: /cannot turn or mirror|돌리거나 뒤집을 수는 없습니다/,
  add: /cannot add things|더할 수는 없습니다/,
  size: /cannot change the size|크기나 모양은/,
  negation: /what it should be instead|무엇이 되어야/,
  exception: /leave out a part|일부를 빼놓을/,
  unread: /did none of it|아무것도 하지/,
};

const beyond: readonly (readonly [request: string, kind: BeyondKind])[] = [
  ['turn it upside down', 'turn'],
  ['turn the picture upside down please', 'turn'],
  ['flip the image horizontally', 'turn'],
  ['turn it 90 degrees to the left', 'turn'],
  ['make the cup blue and flip it', 'turn'],
  ['blur the cup and mirror the picture', 'turn'],
  ['make the cup not green', 'negation'],
  ['make it not red', 'negation'],
  ['make the cup anything but green', 'negation'],
  ['the cup should not be green', 'negation'],
  ['blur not the cup but the dog', 'negation'],
  ['remove the cup that is not red', 'negation'],
  ['make the cup blue but not the handle', 'exception'],
  ['make the cup blue, but leave the handle', 'exception'],
  ['make the cup blue except for the handle', 'exception'],
  ['make the cup blue without the handle', 'exception'],
  ['Make the cup blue. But not the handle.', 'exception'],
  ['remove all the cups but not the red one', 'exception'],
  ['remove all cups but leave the red one', 'exception'],
  ['remove the people but leave the boy', 'exception'],
  ['make the cup blue and add a dog', 'add'],
  ['make the cup red and put a hat on the dog', 'add'],
  ['add a dog next to the cup', 'add'],
  ['make the cup blue and bigger', 'size'],
  ['brighten the photo and add more contrast', 'unread'],
  ['사진을 거꾸로 뒤집어줘', 'turn'],
  ['90도 돌려줘', 'turn'],
  ['컵을 파란색으로 바꾸고 사진을 뒤집어줘', 'turn'],
  ['컵을 초록색이 아니게 해줘', 'negation'],
  ['초록색이 아닌 컵을 지워줘', 'negation'],
  ['컵을 손잡이만 빼고 파란색으로 바꿔줘', 'exception'],
  ['손잡이 빼고 컵을 파란색으로 바꿔줘', 'exception'],
  ['컵을 파란색으로 바꾸되 손잡이는 빼줘', 'exception'],
  ['컵을 파란색으로 바꾸고 손잡이는 그대로 둬', 'exception'],
  ['컵을 파란색으로 바꾸고 강아지를 추가해줘', 'add'],
  ['컵을 더 크게 해줘', 'size'],
];

const within: readonly (readonly [request: string, expected: readonly string[]])[] = [
  ['rotate the picture so the horizon is level', ['adjust: -> straighten everything']],
  ['remove the mirror on the wall', ['remove: the mirror on the wall']],
  ['make the cup blue, not green', ['adjust: the cup -> recolour subject']],
  ['blur the cup, not the dog', ['adjust: the cup -> blur subject']],
  ['remove the red cup but not the blue one', ['remove: the red cup']],
  ['remove the bin but leave the dog', ['remove: the bin']],
  ['remove all cups except the red one', ['remove: all cups except the red one']],
  ['blur everything but the cup', ['adjust: the cup -> blur background']],
  ['blur the background but leave the face', ['adjust: the subject -> blur background']],
  [
    'make the cup blue and add a red outline to it',
    ['adjust: the cup -> recolour subject', 'adjust: the cup -> outline subject'],
  ],
  ['put a red outline around the cup', ['adjust: the cup -> outline subject']],
  ['컵 빼고 다 흐리게 해줘', ['adjust: 컵 -> blur background']],
  ['배경을 컵만 빼고 흐리게 해줘', ['adjust: 컵 -> blur background']],
  ['자전거는 빼고, 고양이는 강아지로 바꿔줘', ['remove: 자전거', 'inpaint: 고양이 -> 강아지']],
  ['컵은 파랗게 하고 접시는 그대로 둬', ['adjust: 컵 -> recolour subject']],
];

describe('what no plan can hold', () => {
  it.each(beyond)('%s: nothing is done, and said why (%s)', (request, kind) => {
    expect(planRequest(request).steps).toEqual([]);
    expect(afterCup(request)).toMatchObject({
      reason: 'request-not-understood',
      text: expect.stringMatching(reasons[kind]),
    });
  });

  it.each(within)('%s goes on working', (request, expected) => {
    expect(outline(planRequest(request))).toEqual(expected);
  });

  it('quotes the words that would have been left out', () => {
    expect(afterCup('make the cup blue and add a dog')).toMatchObject({
      text: expect.stringContaining('“add a dog”: '),
    });
    expect(afterCup('컵을 파란색으로 바꾸고 강아지를 추가해줘')).toMatchObject({
      text: expect.stringContaining('“강아지를 추가해”: '),
    });
  });

  it.each([
    ['make it less dark', 0.35],
    ['make the cup not so dark', 0.35],
    ['make it less bright', -0.35],
  ])('%s is no opposite', (request, amount) => {
    expect(planRequest(request).steps.at(-1)?.input).toMatchObject({ operation: 'brighten', parameters: { amount } });
  });
});
