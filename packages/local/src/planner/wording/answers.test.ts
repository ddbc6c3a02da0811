import { describe, expect, it } from 'vitest';
import {
  conversation,
  cutOut,
  edited,
  failure,
  firstImage,
  found,
  options,
  twoCutOut,
} from '../__fixtures__/conversation.ts';
import { decide } from '../decide.ts';
import { tried } from './gerund.ts';

const ask = (request: string, calls: Parameters<typeof conversation>[1] = [], system?: string) =>
  decide(options(conversation(request, calls, system)));
const inLanguage = (language: string): string =>
  `You edit.\nAnswer in: ${language}\nImages in this session: ${firstImage} 600x400 (current)`;

describe('what is not understood', () => {
  it.each([
    ['remvoe the cup', 'Did you mean “remove the cup”?'],
    ['Please remvoe the cup!', 'Did you mean “remove the cup”?'],
    ['pixleate the face', 'Did you mean “pixelate the face”?'],
    ['remove the cup, then repalce the spoon with a fork', 'then replace the spoon with a fork”?'],
    ['remove the cup and earse the spoon', 'Did you mean “remove the cup and erase the spoon”?'],
    ['컵을 지어줘', '혹시 “컵을 지워줘”인가요?'],
  ])('suggests a verb for a mistyped one: %s', (request, suggestion) => {
    expect(ask(request)).toMatchObject({
      reason: 'request-not-understood',
      text: expect.stringContaining(suggestion),
    });
  });

  it('has every example on its own line and quotes 80 characters at most', () => {
    const answer = ask(`frobnicate ${'x'.repeat(200)}`);
    const lines = answer.kind === 'answer' ? answer.text.split('\n') : [];
    expect(lines).toHaveLength(8);
    expect(/“(.*)”/.exec(lines[0])?.[1]).toHaveLength(80);
    expect(lines.slice(2).every((line) => line.startsWith('- '))).toBe(true);
  });

  it.each(['hello', 'the cup', 'make me a sandwich', '사진을 돌려줘'])('suggests nothing for %s', (request) => {
    expect(ask(request)).toMatchObject({
      text: expect.stringMatching(/requests like these:|요청을 할 수 있습니다:/),
    });
  });
});

it('speaks of several things in the plural', () => {
  const calls = [found, twoCutOut, edited('remove_object', { ok: true, reason: 'gone' })];
  expect(ask('remove the cups', calls)).toMatchObject({
    text: 'I removed the cups (cup, 45 %, 31 %) and looked again: they are gone.',
  });
});

describe('the language of answers', () => {
  it('is that of the request, or the one the system text names', () => {
    const calls = [found, cutOut, edited('remove_object', { ok: true, reason: 'gone' })];
    expect(ask('컵을 지워줘', calls, inLanguage('en'))).toMatchObject({
      text: 'I removed the cup (cup, 45 %) and looked again: it is gone.',
    });
    expect(ask('remove the cup', calls, inLanguage('ko'))).toMatchObject({
      text: '컵을 지웠습니다 (컵, 45 %). 다시 확인해 보니 사라졌습니다.',
    });
    expect(ask('hello', [], inLanguage('ko'))).toMatchObject({ text: expect.stringContaining('이해하지 못했습니다') });
    expect(ask('remove the cup', calls, inLanguage('fr'))).toMatchObject({ text: expect.stringContaining('removed') });
  });

  it.each([
    ['make it red', '컵', 'I made the cup (cup, 45 %) red and looked again: it is.'],
    ['make them red', '컵들', 'I made the cups (cup, 45 %) red and looked again: they are.'],
    ['make it red', '빨간 컵', 'I made the cup (cup, 45 %) red and looked again: it is.'],
    ['make it red', '요강', 'I made “요강” (cup, 45 %) red and looked again: it is.'],
    ['파랗게 해줘', 'the cup', '컵을 파랗게 바꿨습니다 (컵, 45 %). 다시 확인해 보니 요청한 색이 되었습니다.'],
  ])('%s, after words in the other language: %s', (request, phrase, text) => {
    const done = {
      ...edited('adjust_image', { ok: true, reason: 'seen' }),
      input: { image: firstImage, operation: 'recolour' },
    };
    const look = { ...found, input: { image: firstImage, phrases: [phrase] } };
    const cut = { ...cutOut, input: { image: firstImage, phrase } };
    const [, now, ...calls] = conversation(request, [look, cut, done]);
    expect(decide(options([...conversation('earlier', [look, cut, done]), now, ...calls]))).toMatchObject({ text });
  });

  it('names steps in it', () => {
    const plan = (request: string, language: string) =>
      decide(options(conversation(request, [], inLanguage(language)), { type: 'tool', toolName: 'plan' }));
    expect(plan('make the cup blue', 'ko')).toMatchObject({
      input: { steps: [{}, {}, { message: '컵 색 바꾸기' }] },
    });
    expect(plan('배경을 흐리게 해줘', 'en')).toMatchObject({
      input: { steps: [{}, {}, { message: 'Blur everything but the subject' }] },
    });
  });
});

describe('a failure after a success', () => {
  const removed = edited('remove_object', { ok: true, reason: 'gone' });
  const lost = {
    ...found,
    output: failure(
      'no-match',
      'Nothing in the picture matches "the table", and nothing else was recognised.',
      'Name the thing differently, or give a box or points.',
    ),
  };

  it('says what succeeded before', () => {
    expect(ask('remove the cup and make the table darker', [found, cutOut, removed, lost])).toEqual({
      kind: 'answer',
      reason: 'tool-failed',
      text: 'I removed the cup (cup, 45 %) and looked again: it is gone. Making the table darker failed: Nothing in the picture matches "the table", and nothing else was recognised. Name the thing differently, or give a box or points.',
    });
    expect(ask('컵을 지우고 탁자를 어둡게 해줘', [found, cutOut, removed, lost])).toMatchObject({
      text: '컵을 지웠습니다 (컵, 45 %). 다시 확인해 보니 사라졌습니다. “탁자를 어둡게 하기” 작업에 실패했습니다: 사진에 “the table”에 맞는 것이 없고, 다른 것도 알아보지 못했습니다. 다른 말로 불러 보세요.',
    });
  });

  it.each([
    ['Blur the cup', 'Blurring the cup'],
    ['Dye the cup red', 'Dyeing the cup red'],
    ['Get rid of the cup', 'Getting rid of the cup'],
    ['I want the cup red', '“I want the cup red”'],
  ])('tells "%s" as what was tried', (task, expected) => expect(tried(task)).toBe(expected));
});

describe('without a picture', () => {
  it.each(['remove the cup', 'undo', 'how many cups are there?', 'make it brighter', 'find the cup', '되돌려줘'])(
    'needs one: %s',
    (request) => expect(ask(request, [], 'Images in this session: none yet')).toMatchObject({ reason: 'image-needed' }),
  );
});
