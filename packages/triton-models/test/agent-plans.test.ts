import { describe, expect, it } from 'vitest';
import { planMistakes } from '../miniature/verify/agent/check-plan.ts';
import { plannedDeeds } from '../miniature/verify/agent/deeds.ts';
import { agentFigures, agentReport, type Verdict } from '../miniature/verify/agent/report.ts';
import { sameThing } from '../miniature/verify/agent/same-thing.ts';
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

describe('two phrases', () => {
  it.each([
    ['the red ball', 'red ball'],
    ['the ball on the left side', "the ball that's on the left"],
    ['the left ball', 'the leftmost ball'],
    ['the ball on the far right', 'the ball furthest to the right'],
    ['the bottom cone', 'the cone at the bottom'],
    ['the top yellow ring', "the yellow ring that's at the top"],
    ['the lowest ball', 'the ball at the very bottom'],
    ['the biggest star', 'the large star'],
    ['the little green heart', 'the smallest green heart'],
    ['the ball next to the pink star', "the ball that's beside the pink star"],
    ['all rings', 'the rings'],
    ['every purple cone', 'all the purple cones'],
    ['both blue balls', 'both of the blue balls'],
    ['the other cone', 'other cone'],
  ])('%j and %j mean the same', (one, other) => expect(sameThing(one, other)).toBe(true));

  it.each([
    ['the red ball', 'the ball'],
    ['the red ball', 'the blue ball'],
    ['the red ball', 'the red cone'],
    ['the red ball', 'the red balls'],
    ['the red ball', 'all red balls'],
    ['both blue balls', 'the blue balls'],
    ['the heart', 'both the heart'],
    ['the other cone', 'the cone'],
    ['the little heart', 'the heart'],
    ['the little heart', 'the big heart'],
    ['the left ball', 'the right ball'],
    ['the left balls', 'the leftmost ball'],
    ['the left red ball', 'the red ball'],
    ['the big ball on the left', 'the leftmost ball'],
    ['the ball next to the pink star', 'the ball next to the star'],
    ['the ball next to the pink star', 'the pink star next to the ball'],
    ['the ball left of the star', 'the ball next to the star'],
    ['the red ball', ''],
    ['the white cube', "the white cube that's pretty"],
  ])('%j and %j do not', (one, other) => expect(sameThing(one, other)).toBe(false));
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
    changedElsewhere: 0,
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
