import type { LanguageModelV4Prompt } from '@ai-sdk/provider';
import { describe, expect, it } from 'vitest';
import {
  type Call,
  conversation,
  cutOut,
  edited,
  failure,
  found,
  json,
  options,
  secondImage,
} from '../__fixtures__/conversation.ts';
import { type Decision, decide } from '../decide.ts';

const say = (text: string): LanguageModelV4Prompt[number] => ({ role: 'user', content: [{ type: 'text', text }] });
const ok = { ok: true, reason: 'seen' };
const adjusted = (input: Readonly<Record<string, unknown>>): Call => ({ ...edited('adjust_image', ok), input });
const blurred = adjusted({ operation: 'blur', region: 'subject' });
const removed = edited('remove_object', ok);
const replaced: Call = { ...edited('inpaint_image', ok), input: { prompt: 'a cat' } };
const undone: Call = { tool: 'undo_edit', output: json({ image: secondImage, undone: 'edit_1' }) };

/** What is answered or done about `request` in a session where `calls` were made before. */
const later = (request: string, calls: readonly Call[]): Decision =>
  decide(options([...conversation('something', calls), say(request)]));

describe('pronouns in a later message', () => {
  it.each<readonly [request: string, calls: readonly Call[], phrase: string]>([
    ['make it red', [found, cutOut, blurred], 'the cup'],
    ['now remove it', [found], 'the cup'],
    ['remove it', [found, cutOut, replaced], 'the cat'],
    ['make it brighter', [found, cutOut, blurred, undone], 'the cup'],
    ['blur the left one', [found, cutOut, removed], 'the left cup'],
    ['이제 그거 지워줘', [found, cutOut], 'the cup'],
    ['빨갛게 해줘', [found, cutOut, blurred], 'the cup'],
    [
      'make it red',
      [found, cutOut, { ...cutOut, input: { phrase: 'the dog' } }, adjusted({ operation: 'blur', region: 'subject' })],
      'the dog',
    ],
    [
      'make it red',
      [
        found,
        cutOut,
        blurred,
        { ...cutOut, input: { phrase: 'the dog' } },
        adjusted({ operation: 'blur', region: 'background' }),
      ],
      'the cup',
    ],
  ])('%s', (request, calls, phrase) => {
    expect(later(request, calls)).toMatchObject({ tool: 'detect_objects', input: { phrases: [phrase] } });
  });

  it('takes "it" as the picture after a removal', () => {
    expect(later('make it brighter', [found, cutOut, removed])).toMatchObject({
      tool: 'adjust_image',
      input: { operation: 'brighten', region: 'everything' },
    });
  });

  it.each<readonly [request: string, calls: readonly Call[], question: string]>([
    ['make it red', [], 'What do you mean by “it”? Name the thing, for instance “make the cup red”.'],
    ['make it red', [found, cutOut, removed], 'What do you mean by “it”?'],
    ['remove it', [{ ...found, output: failure('no-match', 'Nothing.') }], 'for instance “remove the cup”'],
    ['make it red', [found, { tool: 'load_image', output: json({ image: secondImage }) }], 'What do you mean by “it”?'],
    ['그거 빨갛게 해줘', [], '무엇을 말하는 건가요?'],
    ['blur the left one', [], 'Name the thing'],
  ])('asks back: %s', (request, calls, question) => {
    expect(later(request, calls)).toMatchObject({
      reason: 'request-not-understood',
      text: expect.stringContaining(question),
    });
  });
});

describe('undo of a named edit', () => {
  it('takes back the last edit where it was that one', () => {
    const undo = { tool: 'undo_edit', input: { edit: 'edit_1' } };
    expect(later('undo the blur', [found, cutOut, blurred])).toMatchObject(undo);
    expect(later('undo the background blur', [found, cutOut, blurred])).toMatchObject(undo);
    expect(later('블러 취소해줘', [found, cutOut, blurred])).toMatchObject(undo);
    expect(later('흐리게 한 거 되돌려줘', [found, cutOut, blurred])).toMatchObject(undo);
    expect(later('지운 거 취소해줘', [found, cutOut, removed])).toMatchObject(undo);
    expect(later('undo the removal', [found, cutOut, removed])).toMatchObject(undo);
  });

  it.each<readonly [request: string, calls: readonly Call[], reason: string]>([
    ['undo the removal', [found, cutOut, blurred], 'The last edit was not that one but a blur.'],
    ['undo the blur', [found, cutOut, blurred, undone], 'There is no edit yet that could be undone.'],
    ['undo the blur', [], 'There is no edit yet'],
    ['블러 취소해줘', [found, cutOut, removed], '마지막 편집은 그것이 아니라 지우기입니다.'],
  ])('says why not: %s', (request, calls, reason) => {
    expect(later(request, calls)).toMatchObject({
      reason: 'request-not-understood',
      text: expect.stringContaining(reason),
    });
  });
});
