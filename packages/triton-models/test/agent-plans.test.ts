import { describe, expect, it } from 'vitest';
import { planMistakes } from '../miniature/verify/agent/check-plan.ts';
import { plannedDeeds } from '../miniature/verify/agent/deeds.ts';
import { agentFigures, agentReport, type Verdict } from '../miniature/verify/agent/report.ts';
import type { ExpectedStep, Task } from '../miniature/verify/agent/tasks.ts';

const step = (operation: ExpectedStep['operation'], rest: Partial<ExpectedStep>): ExpectedStep => ({
  operation,
  phrase: null,
  things: [],
  shape: null,
  colour: null,
  questions: [],
  check: false,
  conditional: false,
  ...rest,
});

const task = (instruction: string, ...steps: ExpectedStep[]): Task => ({
  name: 'a task',
  picture: 'a.png',
  kind: 'two_edits',
  instruction,
  before: { width: 128, height: 128, things: [{ shape: 'ball', colour: 'red' }] },
  steps,
});

const removed = step('remove', { phrase: 'the green cone' });
const recoloured = step('recolour', { phrase: 'the red ball', things: [0], colour: 'blue' });
const replaced = step('replace', { phrase: 'the red ball on the left side', shape: 'cube', colour: 'white' });
const counted = step('ask', { questions: ['how many balls are there?', 'tell me how many balls are left'] });
const checked = step('ask', { phrase: 'blue ring', check: true, questions: ['is there a blue ring?'] });
const ifSo = step('remove', { phrase: 'the blue ring', conditional: true });

const mistakesOf = async (expected: Task) => planMistakes(expected, await plannedDeeds(expected.instruction));

describe('a plan is compared with the expected one', () => {
  it.each([
    task('remove the green cone and make the red ball blue', removed, recoloured),
    task('replace the red ball on the left with a white cube, then count the balls', replaced, counted),
    task('delete the green cone. How many balls are left?', removed, counted),
    task('is there a blue ring? if so remove it', checked, ifSo),
  ])('$instruction', async (expected) => {
    expect(await mistakesOf(expected)).toEqual([]);
  });

  it.each([
    ['another order', 2, task('make the red ball blue and remove the green cone', removed, recoloured)],
    ['another thing', 1, task('remove the cone and make the red ball blue', removed, recoloured)],
    ['another colour', 1, task('remove the green cone and make the red ball pink', removed, recoloured)],
    ['another shape', 1, task('replace the red ball on the left with a white cone', replaced)],
    ['another question', 1, task('remove the green cone and count the cubes', removed, counted)],
    ['no condition', 1, task('is there a blue ring? Remove the blue ring.', checked, ifSo)],
    ['a step less', 1, task('remove the green cone', removed, recoloured)],
    ['a repainting instead of a replacement', 1, task('make the red ball on the left white', replaced)],
  ])('%s is a mistake', async (_, mistakes, expected) => {
    expect(await mistakesOf(expected)).toHaveLength(mistakes);
  });
});

describe('the report', () => {
  const done: Verdict = {
    name: 'one',
    kind: 'two_edits',
    instruction: 'remove a | b',
    completed: true,
    planRight: true,
    planMistakes: [],
    places: [],
    answersRight: 1,
    answers: 1,
    changedOutsideMasks: 0,
    verified: true,
    tool: null,
    reason: null,
  };
  const failed: Verdict = {
    ...done,
    name: 'two',
    completed: false,
    places: ['red cone instead of red ball'],
    answersRight: 0,
    tool: 'inpaint_image',
    reason: 'red cone instead of red ball',
  };

  it('counts what was completed, and what the agent believed', () => {
    expect(agentFigures([done, failed, { ...failed, verified: false }])).toMatchObject({
      tasks: 3,
      completed: 1 / 3,
      planAccuracy: 1,
      failuresByTool: { inpaint_image: 2 },
      trueDone: 1,
      falseDone: 1,
      falseUndone: 0,
      trueUndone: 1,
    });
  });

  it('lists each failure with the tool that caused it', () => {
    const report = agentReport([done, failed]);
    expect(report).toContain('| two | remove a \\| b | inpaint_image | red cone instead of red ball |');
    expect(report).toContain('1 of 1 answers wrong');
    expect(report).not.toContain('| one |');
  });
});
