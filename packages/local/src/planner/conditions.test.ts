import { describe, expect, it } from 'vitest';
import {
  box,
  type Call,
  conversation,
  cutOut,
  edited,
  firstImage,
  json,
  mask,
  options,
} from './__fixtures__/conversation.ts';
import { decide } from './decide.ts';

const next = (request: string, calls: readonly Call[] = []) => decide(options(conversation(request, calls)));
const thing = (label: string) => ({ label, score: 0.6, box, phrase: label });
const seen = (...labels: readonly string[]): Call => ({
  tool: 'detect_objects',
  output: json({ detections: labels.map(thing) }),
});
const face: Call = { ...seen('face'), input: { image: firstImage, phrases: ['the face'] } };
const asked = (answer: string): Call => ({ tool: 'ask_image', output: json({ answer, backend: 'test' }) });
const blurred = edited('adjust_image', { ok: true, reason: 'softer' });

describe('a condition', () => {
  const request = 'if there is a person, blur the face';

  it('is looked at first', () => {
    expect(next(request)).toMatchObject({ tool: 'detect_objects', input: { image: firstImage, phrases: ['person'] } });
  });

  it('lets the request through where it holds', () => {
    expect(next(request, [seen('person')])).toMatchObject({ tool: 'detect_objects', input: { phrases: ['the face'] } });
    expect(next(request, [seen('person'), face, cutOut])).toMatchObject({
      tool: 'adjust_image',
      input: { mask },
    });
    expect(next(request, [seen('person'), face, cutOut, blurred])).toMatchObject({ reason: 'done' });
  });

  it('stops the request where it does not, and says so', () => {
    expect(next(request, [seen()])).toEqual({
      kind: 'answer',
      reason: 'done',
      text: 'I see nothing that matches “person”. So I left this undone: “Blur the face”.',
    });
    expect(next('사람이 있으면 얼굴 가려줘', [seen()])).toMatchObject({
      reason: 'done',
      text: expect.stringContaining('그래서 하지 않았습니다'),
    });
  });

  it('goes to the other branch', () => {
    const either = 'crop to the dog if there is one, otherwise brighten the picture';
    expect(next(either, [seen('dog')])).toMatchObject({ tool: 'detect_objects', input: { phrases: ['the dog'] } });
    expect(next(either, [seen()])).toMatchObject({ tool: 'adjust_image', input: { operation: 'brighten' } });
    const korean = '고양이가 있으면 지우고 없으면 사진 밝게 해줘';
    expect(next(korean, [seen()])).toMatchObject({ tool: 'adjust_image', input: { operation: 'brighten' } });
  });

  it.each<readonly [request: string, few: readonly string[], enough: readonly string[]]>([
    ['if there are more than two chairs, remove the left one', ['chair', 'chair'], ['chair', 'chair', 'chair']],
    ['의자가 세 개 이상이면 맨 왼쪽 의자 지워줘', ['chair', 'chair'], ['chair', 'chair', 'chair']],
    ['is there a dog? if so remove it', [], ['dog']],
    ['강아지 있어? 있으면 지워줘', [], ['dog']],
    ['unless the picture has a boat in it, darken the picture', ['boat'], []],
    ['blur the faces, if there are any', [], ['face']],
    ['if the roof is blue, make it grey', [], ['roof']],
    ['지붕이 파란색이면 회색으로 바꿔줘', [], ['roof']],
  ])('%s', (wish, few, enough) => {
    expect(next(wish, [seen(...few)])).toMatchObject({ kind: 'answer', reason: 'done' });
    expect(next(wish, [seen(...enough)])).toMatchObject({ kind: 'call' });
  });

  it('is asked where detection cannot tell, and an answer that says neither yes nor no does nothing', () => {
    const open = 'if the shop is open, blur the sign';
    expect(next(open)).toMatchObject({ tool: 'ask_image', input: { question: 'Is the shop open?' } });
    expect(next(open, [asked('Yes, it is.')])).toMatchObject({ tool: 'detect_objects' });
    expect(next(open, [asked('No.')])).toMatchObject({ kind: 'answer', reason: 'done' });
    expect(next(open, [asked('I recognise nothing.')])).toMatchObject({
      kind: 'answer',
      text: expect.stringContaining('cannot tell'),
    });
  });

  it('binds what follows it, not what was asked before', () => {
    const both = 'brighten the picture and remove the dog if there is one';
    expect(next(both)).toMatchObject({ tool: 'adjust_image' });
    expect(next(both, [blurred, seen()])).toMatchObject({
      kind: 'answer',
      text: expect.stringMatching(/brighter.*left this undone: “Remove the dog”/),
    });
  });
});
