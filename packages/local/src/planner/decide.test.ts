import { describe, expect, it } from 'vitest';
import {
  box,
  type Call,
  conversation,
  cutOut,
  edited,
  failure,
  firstImage,
  found,
  json,
  mask,
  options,
  secondImage,
  thirdImage,
} from './__fixtures__/conversation.ts';
import { decide } from './decide.ts';

const next = (request: string, calls: readonly Call[] = [], system?: string) =>
  decide(options(conversation(request, calls, system)));
const removed = edited('remove_object', { ok: true, reason: 'no cup is left there' });

describe('the step machine', () => {
  it('finds, cuts out and removes, one call after the other', () => {
    expect(next('remove the cup')).toMatchObject({
      tool: 'detect_objects',
      input: { image: firstImage, phrases: ['the cup'] },
    });
    expect(next('remove the cup', [found])).toMatchObject({
      tool: 'segment_object',
      input: { image: firstImage, phrase: 'the cup' },
    });
    expect(next('remove the cup', [found, cutOut])).toMatchObject({
      tool: 'remove_object',
      input: { image: firstImage, mask },
    });
    expect(next('remove the cup', [found, cutOut, removed])).toEqual({
      kind: 'answer',
      reason: 'done',
      text: 'I removed the cup (cup, 45 %) and looked again: it is gone.',
    });
  });

  it('goes on with the edited picture', () => {
    expect(next('remove the cup and the spoon', [found, cutOut, removed])).toMatchObject({
      tool: 'detect_objects',
      input: { image: secondImage, phrases: ['the spoon'] },
    });
    const opened: Call = { tool: 'load_image', output: json({ image: thirdImage, width: 4, height: 3 }) };
    expect(next('open a.png and undo', [opened])).toMatchObject({ tool: 'undo_edit', input: {} });
    expect(next('open a.png and find the cup', [opened])).toMatchObject({ input: { image: thirdImage } });
  });

  it('gives every call of a conversation another id', () => {
    const ids = [next('remove the cup'), next('remove the cup', [found]), next('remove the cup', [found, cutOut])].map(
      (call) => (call.kind === 'call' ? call.id : ''),
    );
    expect(new Set(ids).size).toBe(3);
  });

  it('takes the later answer where a step was done again', () => {
    const unsure = edited('remove_object', { ok: false, reason: 'a cup is still there' });
    const again = next('remove the cup', [found, cutOut, unsure, removed]);
    expect(again).toMatchObject({ reason: 'done', text: expect.stringContaining('it is gone') });
    const broken: Call = { ...cutOut, output: failure('backend-failed', 'Out of memory.') };
    expect(next('remove the cup', [found, broken, cutOut])).toMatchObject({ tool: 'remove_object', input: { mask } });
  });

  it('does the same adjustment twice when asked twice', () => {
    const brighter = { operation: 'brighten', parameters: { amount: 0.35 }, region: 'everything' };
    const once: Call = {
      ...edited('adjust_image', { ok: true, reason: 'lighter' }),
      input: { image: firstImage, ...brighter },
    };
    expect(next('brighten the picture and then brighten the picture', [once])).toMatchObject({
      tool: 'adjust_image',
      input: { image: secondImage, ...brighter },
    });
  });

  it('leaves out detection where that tool is not offered, and says so where a needed tool is missing', () => {
    const prompt = conversation('remove the cup', []);
    const few = ['segment_object', 'remove_object'];
    expect(decide(options(prompt, undefined, few))).toMatchObject({ tool: 'segment_object' });
    expect(decide(options(conversation('remove the cup', [cutOut]), undefined, few))).toMatchObject({
      tool: 'remove_object',
    });
    expect(decide(options(prompt, undefined, ['detect_objects']))).toMatchObject({ tool: 'detect_objects' });
    expect(decide(options(conversation('remove the cup', [found]), undefined, ['detect_objects']))).toEqual({
      kind: 'answer',
      reason: 'tool-missing',
      text: 'I cannot do this step here: Cut out the cup. The tool segment_object is not offered.',
    });
  });

  it('calls no tool where none may be called', () => {
    expect(decide(options(conversation('remove the cup', [found]), { type: 'none' }))).toMatchObject({
      kind: 'answer',
      reason: 'unfinished',
    });
  });

  it('asks for a picture where there is none', () => {
    expect(next('remove the cup', [], 'Images in this session: none yet')).toMatchObject({
      kind: 'answer',
      reason: 'image-needed',
    });
    expect(next('draw a cat', [], '')).toMatchObject({ tool: 'generate_image', input: { prompt: 'a cat' } });
  });
});

describe('the plan', () => {
  const forced = { type: 'tool', toolName: 'plan' } as const;

  it('names every step in the language of the person', () => {
    expect(decide(options(conversation('컵을 고양이로 바꿔줘', []), forced))).toMatchObject({
      tool: 'plan',
      input: {
        steps: [
          { tool: 'detect_objects', target: '컵', message: '컵 찾기' },
          { tool: 'segment_object', target: '컵', message: '컵 오려내기' },
          { tool: 'inpaint_image', target: '컵', message: '컵을 고양이로 바꾸기' },
        ],
      },
    });
    expect(decide(options(conversation('배경을 흐리게 해줘', []), forced))).toMatchObject({
      input: {
        steps: [{ message: '무엇이 있는지 찾기' }, { message: '피사체 오려내기' }, { message: '배경을 흐리게 하기' }],
      },
    });
  });

  it('is empty for what makes no sense, and the answer after it says so', () => {
    const request = 'frobnicate the cup';
    expect(decide(options(conversation(request, []), forced))).toMatchObject({ tool: 'plan', input: { steps: [] } });
    const planned: Call = { tool: 'plan', output: json({ steps: [] }) };
    const answer = next(request, [planned]);
    expect(answer).toMatchObject({ kind: 'answer', reason: 'request-not-understood' });
    expect(answer).toMatchObject({ text: expect.stringMatching(/“frobnicate the cup”[\s\S]*(?:\n- .+){6}$/) });
    expect(next('컵 어쩌고저쩌고', [planned])).toMatchObject({
      reason: 'request-not-understood',
      text: expect.stringContaining('이해하지 못했습니다'),
    });
  });

  it('ends the run where the plan itself is refused', () => {
    const refused: Call = {
      tool: 'plan',
      output: failure('capability-unavailable', 'No backend can inpaint', 'Add triton()'),
    };
    expect(next('replace the cup with a cat', [refused])).toEqual({
      kind: 'answer',
      reason: 'tool-failed',
      text: 'I cannot do this: No backend can inpaint. Add triton().',
    });
  });
});

describe('what stops a plan', () => {
  it('repeats the message and the hint of an error, in any form it arrives in', () => {
    const error = { code: 'no-match', message: 'Nothing matches "the cup".', hint: 'Name it differently.' };
    const outputs: readonly Call['output'][] = [
      { type: 'error-text', value: JSON.stringify(error) },
      { type: 'error-json', value: error },
      { type: 'error-json', value: { error } },
    ];
    for (const output of outputs) {
      expect(next('remove the cup', [found, { ...cutOut, output }])).toEqual({
        kind: 'answer',
        reason: 'tool-failed',
        text: 'Removing the cup failed: Nothing matches "the cup". Name it differently.',
      });
    }
    expect(
      next('컵을 지워줘', [{ tool: 'detect_objects', output: { type: 'error-text', value: 'boom' } }]),
    ).toMatchObject({
      text: '“컵 지우기” 작업에 실패했습니다: 도구의 말은 “boom”입니다.',
    });
  });

  it('tells what was done before the failure', () => {
    const lost: Call = { tool: 'detect_objects', output: failure('backend-failed', 'It broke.') };
    expect(next('remove the cup and the spoon', [found, cutOut, removed, lost])).toMatchObject({
      reason: 'tool-failed',
      text: 'I removed the cup (cup, 45 %) and looked again: it is gone. Removing the spoon failed: It broke.',
    });
  });

  it('says when a step was not allowed', () => {
    const denied: Call = { tool: 'remove_object', output: { type: 'execution-denied', reason: 'Not today' } };
    expect(next('remove the cup', [found, cutOut, denied])).toMatchObject({
      reason: 'tool-failed',
      text: 'I stopped at “Remove the cup”: it was not allowed. Not today.',
    });
  });

  it('lists the candidates of a question nobody answered, and goes on once it is answered', () => {
    const candidates = [
      { number: 1, label: 'cup', score: 0.45, box },
      { number: 2, label: 'cup', score: 0.41, box },
    ];
    const question: Call = {
      ...cutOut,
      output: json({ needs: 'choice', reason: 'ambiguous', phrase: 'the cup', candidates, overlay: secondImage }),
    };
    expect(next('remove the cup', [found, question])).toEqual({
      kind: 'answer',
      reason: 'choice-needed',
      text: 'Several things match “the cup”: 1. cup (45 %), 2. cup (41 %). Which one?',
    });
    const answered: Call = { ...cutOut, input: { ...cutOut.input, choice: 2 } };
    expect(next('remove the cup', [found, question, answered])).toMatchObject({
      tool: 'remove_object',
      input: { image: firstImage, mask },
    });
  });

  it('does not claim what it cannot read', () => {
    const odd: Call = { tool: 'remove_object', output: { type: 'text', value: 'all done!' } };
    expect(next('remove the cup', [found, cutOut, odd])).toMatchObject({
      text: expect.stringContaining('I cannot read what remove_object answered'),
    });
    expect(next('remove the cup', [found, { ...cutOut, output: json({}) }])).toMatchObject({ reason: 'tool-failed' });
  });
});
