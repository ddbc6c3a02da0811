import { describe, expect, it } from 'vitest';
import { places, scriptedBrain, squareBackend, squares, type Turn } from './__fixtures__/scripted.ts';
import { approvalMessage, type ProposedWork } from './approval-words.ts';
import { atelier } from './atelier.ts';

type Input = ProposedWork['input'];
const adjust = (input: Input, phrase?: string): ProposedWork => ({
  tool: 'adjust_image',
  input,
  phrase,
  step: undefined,
  isSure: true,
});

describe('what is approved of an adjustment', () => {
  it.each<readonly [input: Input, phrase: string | undefined, english: string, korean: string]>([
    [
      { operation: 'blur', region: 'background' },
      '컵',
      'Blur everything but “컵”. May I?',
      '“컵”을 뺀 나머지를 흐리게 할까요?',
    ],
    [
      { operation: 'fill', region: 'background', parameters: { colour: 'white' } },
      'cup',
      'Fill everything but “cup” with white. May I?',
      '“cup”을(를) 뺀 나머지를 white 색으로 채울까요?',
    ],
    [
      { operation: 'recolour', parameters: { colour: 'blue' } },
      'cup',
      'Make “cup” blue. May I?',
      '“cup”을(를) blue 색으로 바꿀까요?',
    ],
    [
      { operation: 'recolour', parameters: { colour: '파란색' } },
      '컵',
      'Make “컵” 파란색. May I?',
      '“컵”을 파란색으로 바꿀까요?',
    ],
    [
      { operation: 'brighten', region: 'everything', parameters: { amount: -0.5 } },
      undefined,
      'Make the whole picture darker (amount: -0.5). May I?',
      '(amount: -0.5) 사진 전체를 어둡게 할까요?',
    ],
    [{ operation: 'blur' }, undefined, 'Blur the main subject. May I?', '사진의 주인공을 흐리게 할까요?'],
    [
      { operation: 'clear', mask: 'mask_1' },
      undefined,
      'Make a part of the picture transparent. May I?',
      '사진의 일부를 투명하게 만들까요?',
    ],
    [
      { operation: 'outline', parameters: { colour: 'red', width: 4 } },
      'dog',
      'Draw a red line around “dog” (width: 4). May I?',
      '(width: 4) “dog”에 red 테두리 두를까요?',
    ],
    [{ operation: 'constructor' }, 'cup', 'Change “cup”: “constructor”. May I?', '“cup”에 “constructor” 적용할까요?'],
  ])('%j of %s', (input, phrase, english, korean) => {
    expect(approvalMessage('en', adjust(input, phrase), 'asked')).toBe(english);
    expect(approvalMessage('ko', adjust(input, phrase), 'asked')).toBe(korean);
  });

  it('is told where the words of a step say something else', () => {
    const around = { ...adjust({ operation: 'blur', region: 'background' }, 'cup'), step: 'Blur the cup' };
    expect(approvalMessage('en', around, 'asked')).toBe('Blur the cup. May I? (Blur everything but “cup”)');
    expect(approvalMessage('en', { ...around, step: 'Blur the background' }, 'asked')).toBe(
      'Blur the background. May I?',
    );
    expect(approvalMessage('ko', { ...around, step: '배경 흐리게 하기' }, 'asked')).toBe('배경 흐리게 할까요?');
    const red = {
      ...adjust({ operation: 'recolour', parameters: { colour: 'red' } }, 'cup'),
      step: 'Make the cup blue',
    };
    expect(approvalMessage('en', red, 'asked')).toBe('Make the cup blue. May I? (“red”)');
    expect(approvalMessage('en', { ...red, step: 'Make the cup red' }, 'asked')).toBe('Make the cup red. May I?');
    expect(approvalMessage('en', { ...red, step: 'Do the next', isSure: false }, 'asked')).toBe(
      'Do the next. May I? (Make “cup” red)',
    );
  });
});

describe('what an undo takes back', () => {
  const undo: ProposedWork = { tool: 'undo_edit', input: {}, phrase: undefined, step: undefined, isSure: true };
  const undoes = {
    tool: 'adjust_image',
    input: { operation: 'recolour', parameters: { colour: 'blue' } },
    phrase: 'cup',
  } as const;

  it('is named where it is known', () => {
    expect(approvalMessage('en', { ...undo, undoes }, 'asked')).toBe(
      'Take back the latest edit. May I? (Make “cup” blue)',
    );
    expect(approvalMessage('ko', { ...undo, undoes: { ...undoes, phrase: '컵' } }, 'asked')).toBe(
      '마지막 편집을 되돌릴까요? (“컵”을 blue 색으로 바꾸기)',
    );
    const planned = {
      ...undo,
      step: 'Undo the latest edit',
      undoes: { tool: 'remove_object', input: {}, phrase: 'cup' } as const,
    };
    expect(approvalMessage('en', planned, 'asked')).toBe('Undo the latest edit. May I? (Remove “cup”)');
  });

  it('says whether it is the latest, and what goes with it', () => {
    expect(approvalMessage('en', { ...undo, input: { edit: 'edit_1' } }, 'asked')).toBe('Take back an edit. May I?');
    expect(approvalMessage('en', { ...undo, input: { edit: 'edit_1', later: 'drop' } }, 'asked')).toBe(
      'Take back an edit and all that came after it. May I?',
    );
    expect(approvalMessage('ko', { ...undo, input: { edit: 'edit_1', later: 'drop' } }, 'asked')).toBe(
      '편집과 그 뒤의 편집 모두 되돌릴까요?',
    );
  });

  it('is the edit of an earlier run, told by what it was recognised as', async () => {
    const image = await squares();
    const target = { box: { ...places.left, width: 16, height: 16 } };
    const script: readonly Turn[] = [
      [{ tool: 'plan', input: { steps: [{ tool: 'remove_object', message: 'Remove it' }] } }],
      [{ tool: 'remove_object', input: { image: image.id, ...target } }],
      'Removed.',
      [{ tool: 'plan', input: { steps: [{ tool: 'undo_edit', message: 'Undo the latest edit' }] } }],
      [{ tool: 'undo_edit', input: {} }],
      'Undone.',
    ];
    let turn = 0;
    const brain = scriptedBrain(() => script[turn++] ?? 'Done.');
    const session = atelier({ backends: [squareBackend()], brain }).session({ image });
    await session.run('remove it').result;
    const run = session.run('undo', { approve: 'edits', answer: () => ({ approved: true }) });
    const asked: string[] = [];
    for await (const event of run.events) if (event.status === 'question') asked.push(event.message);
    await run.result;
    expect(asked).toEqual([expect.stringMatching(/^Undo the latest edit\. May I\? \(Remove .+\)$/)]);
  });
});
