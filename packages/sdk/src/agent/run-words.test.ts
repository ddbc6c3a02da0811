import { beforeAll, describe, expect, it } from 'vitest';
import type { Image } from '../image/image.ts';
import { places, scriptedBrain, squareBackend, squares, type Turn } from './__fixtures__/scripted.ts';
import { approvalMessage } from './approval-words.ts';
import { atelier } from './atelier.ts';
import { isStored, type StoredEvent } from './events.ts';
import { memoryPort } from './memory-port.ts';
import { type Recording, recordingPort, replayPort } from './recording.ts';
import type { RunOptions } from './run.ts';

let image: Image;
beforeAll(async () => {
  image = await squares();
});

type Step = readonly [tool: string, message: string, target?: string];
const plan = (...steps: readonly Step[]) => ({
  tool: 'plan',
  input: { steps: steps.map(([tool, message, target]) => ({ tool, message, target })) },
});
const box = (place: keyof typeof places) => ({ ...places[place], width: 16, height: 16 });
const call = (tool: string, input: object) => ({ tool, input: { image: image.id, ...input } });

/** Runs a script with nobody's yes. `$mask` is the mask that was cut out before. */
async function run(script: readonly Turn[], prompt: string, options: RunOptions = {}) {
  const brain = scriptedBrain((number, { prompt: sent }) => {
    const turn = script[number] ?? 'Done.';
    const [mask] = JSON.stringify(sent).match(/mask_[0-9a-f]{32}/) ?? [];
    // The same turn with an id in it is a turn.
    return typeof turn === 'string' || turn instanceof Error
      ? turn
      : (JSON.parse(JSON.stringify(turn).replaceAll('$mask', `${mask}`)) as Turn);
  });
  const answer = () => ({ approved: false });
  const ran = atelier({ backends: [squareBackend()], brain })
    .session({ image })
    .run(prompt, { approve: 'edits', answer, ...options });
  const error: unknown = await ran.result.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  const events: StoredEvent[] = [];
  for await (const event of ran.events) if (isStored(event)) events.push(event);
  const asked = events.filter(({ status }) => status === 'question').map(({ message }) => message);
  return { error, events, asked, last: events.at(-1) };
}

describe('"May I?"', () => {
  it('is asked in the words of the plan, in both languages, and so is a no told', async () => {
    const english = [
      [plan(['remove_object', 'Remove the left square.'])],
      [call('remove_object', { box: box('left') })],
    ];
    const en = await run(english, 'remove the left square');
    expect(en.asked).toEqual(['Remove the left square. May I?']);
    expect(en.last).toMatchObject({ status: 'failure', message: 'Not done: you said no to “Remove the left square”.' });

    const korean = [[plan(['remove_object', '왼쪽 네모 지우기'])], [call('remove_object', { box: box('left') })]];
    const ko = await run(korean, '왼쪽 네모를 지워줘', { answer: () => ({ approved: false, reason: '아까워요' }) });
    expect(ko.asked).toEqual(['왼쪽 네모를 지울까요?']);
    expect(ko.last).toMatchObject({
      status: 'failure',
      message: '“왼쪽 네모 지우기”: 허락하지 않으셔서 하지 않았습니다. (이유: 아까워요)',
      error: { message: 'Not done: you said no to “왼쪽 네모 지우기” (아까워요).', details: { refusedBy: 'person' } },
    });
  });

  it('names what a mask was cut out for, whichever step comes next in the plan', async () => {
    const steps = [
      plan(
        ['segment_object', 'Cut out the blue square', 'blue square'],
        ['remove_object', 'Remove the left square', 'left square'],
        ['remove_object', 'Remove the blue square', 'blue square'],
      ),
    ];
    const cut = [call('segment_object', { phrase: 'blue square' })];
    const { asked } = await run([steps, cut, [call('remove_object', { mask: '$mask' })]], 'remove both');
    expect(asked).toEqual(['Remove the blue square. May I?']);
  });

  it('says what is done where it is not what the plan names, or may be another step', async () => {
    const other = [
      [plan(['remove_object', 'Remove the cup', 'cup'])],
      [call('remove_object', { phrase: 'blue square' })],
    ];
    expect((await run(other, 'remove the cup')).asked).toEqual(['Remove “blue square”. May I?']);
    const two = plan(['remove_object', 'Remove one'], ['remove_object', 'Remove another']);
    const blue = call('remove_object', { phrase: 'blue square' });
    expect((await run([[two], [blue]], 'remove two')).asked).toEqual(['Remove one. May I? (“blue square”)']);
  });

  it('tells the words that a brain paints by, where its plan has others', () => {
    const input = { prompt: 'a cat' };
    const work = { tool: 'inpaint_image', input, phrase: undefined, step: 'Put a dog there', isSure: true } as const;
    expect(approvalMessage('en', work, 'asked')).toBe('Put a dog there. May I? (“a cat”)');
    expect(approvalMessage('en', { ...work, step: 'Put a cat there' }, 'asked')).toBe('Put a cat there. May I?');
    const ownWords = { ...work, step: undefined };
    expect(approvalMessage('en', ownWords, 'not-planned')).toBe(
      'This was not asked for: Paint “a cat” in place of a part of the picture. May I?',
    );
    expect(approvalMessage('ko', { ...work, step: '개로 바꾸기' }, 'asked')).toBe('개로 바꿀까요? (“a cat”)');
  });

  it('says that nobody had asked for it', async () => {
    const script = [
      [plan(['detect_objects', '네모 찾기'])],
      [call('remove_object', { phrase: '네모' })],
      '찾았습니다.',
    ];
    const { asked } = await run(script, '네모를 찾아줘');
    expect(asked).toEqual(['요청에 없던 일입니다. “네모”를 지울까요?']);
  });

  it('is asked in the same words in a replay', async () => {
    const script = (): Turn[] => [
      [plan(['segment_object', 'Cut it out', 'blue square'], ['remove_object', 'Remove it', 'blue square'])],
      [call('segment_object', { phrase: 'blue square' })],
      [call('remove_object', { mask: '$mask' })],
    ];
    const tape: Recording[] = [];
    const first = await run(script(), 'remove it', {
      port: (emit) => {
        const { port, recording } = recordingPort(memoryPort({ emit, answer: () => ({ approved: false }) }));
        tape.push(recording);
        return port;
      },
    });
    // Neither a brain nor a person says anything new.
    const again = await run([new Error('A replay must not think.')], 'remove it', {
      port: (emit) => replayPort(tape[0], memoryPort({ emit }), emit),
    });
    expect(first.asked).toEqual(['Remove it. May I?']);
    expect(again.events).toEqual(first.events);
  });
});

describe('a run in Korean', () => {
  it('that is cancelled says so, before its turn and in it', async () => {
    const stop = new AbortController();
    const answer = () => {
      stop.abort();
      return undefined;
    };
    const stopping: RunOptions = { language: 'ko', signal: stop.signal, answer };
    const script = [[plan(['remove_object', 'x'])], [call('remove_object', { box: box('left') })]];
    expect((await run(script, '지워줘', stopping)).last).toMatchObject({
      status: 'cancelled',
      message: '취소했습니다.',
    });
    const early = await run(script, '지워줘', { signal: AbortSignal.abort() });
    expect(early.last).toMatchObject({ status: 'cancelled', message: '취소했습니다.' });
    expect(early.error).toMatchObject({ code: 'cancelled', message: 'The call was cancelled.' });
    const english = await run(script, 'remove it', { signal: AbortSignal.abort() });
    expect(english.last).toMatchObject({ status: 'cancelled', message: 'Cancelled.' });
  });

  it.each<[string, readonly Turn[], RunOptions, RegExp]>([
    [
      'nothing is found',
      [[plan(['remove_object', 'x'])], [removeNamed('고양이')]],
      {},
      /^사진에서 “고양이”를 찾지 못했습니다/,
    ],
    ['a brain stops', ['Hm.', 'Hm.', 'Hm.'], {}, /^두뇌가 끝까지 하지 못했습니다: “.+”$/],
    ['calls are over', [[plan()]], { maxSteps: 1 }, /횟수를 다 써서 멈췄습니다\.$/],
    ['a setting is wrong', [], { maxSteps: 0 }, /^값이 올바르지 않습니다: “maxSteps is 0\.”$/],
  ])('says what went wrong in Korean, and to developers in English: %s', async (_name, script, options, words) => {
    const filled = JSON.parse(JSON.stringify(script).replaceAll('$image', image.id)) as Turn[]; // The same turns.
    const { last, error } = await run(filled, '고양이를 지워줘', {
      approve: 'never',
      answer: () => undefined,
      ...options,
    });
    expect(last).toMatchObject({ status: 'failure', message: expect.stringMatching(words) });
    expect(error).toMatchObject({ message: expect.stringMatching(/^[A-Za-z]/) });
    expect(last).toMatchObject({ error: { message: error instanceof Error ? error.message : '' } });
  });
});

/** Before there is a picture. */
function removeNamed(phrase: string) {
  return { tool: 'remove_object', input: { image: '$image', phrase } };
}
