import { describe, expect, it } from 'vitest';
import { inputOf } from './chosen-thing.ts';
import type { PlannedStep } from './step.ts';

const step = (phrase: string): PlannedStep => ({
  tool: 'segment_object',
  message: 'Cut out',
  input: { phrase },
  needs: ['image'],
});
const left = { x: 0, y: 0, width: 20, height: 20 };
const right = { x: 60, y: 0, width: 20, height: 20 };
const third = { x: 90, y: 0, width: 20, height: 20 };
const looked = (...boxes: readonly (typeof left)[]) => ({
  ok: true as const,
  output: { detections: boxes.map((box) => ({ label: 'tulip', score: 0.9, box, phrase: 'the tulip' })) },
});
const image = 'img_0';
const chosen = { phrase: 'the tulip', box: left, image };

describe('inputOf', () => {
  it('cuts out the one that was chosen when the same words come again', () => {
    expect(inputOf(step('the tulip'), looked(left, right), chosen)).toEqual({ box: left });
  });

  it('takes the other one where one is left', () => {
    expect(inputOf(step('the other tulip'), looked(left, right), chosen)).toEqual({ box: right });
    expect(inputOf(step('다른 차'), looked(left, right), { phrase: '차', box: right, image })).toEqual({ box: left });
  });

  it('goes by the words in all other cases', () => {
    expect(inputOf(step('the other tulip'), looked(left, right, third), chosen)).toEqual({ phrase: 'the other tulip' });
    expect(inputOf(step('the other rose'), looked(left, right), chosen)).toEqual({ phrase: 'the other rose' });
    expect(inputOf(step('the tulip'), looked(left), undefined)).toEqual({ phrase: 'the tulip' });
  });
});
