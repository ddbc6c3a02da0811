import { describe, expect, it } from 'vitest';
import { AtelierError } from '../errors/atelier-error.ts';
import { end, image, open, plan, remove, removeNamed, runScript } from './__fixtures__/run-to-end.ts';
import type { Turn } from './__fixtures__/scripted.ts';
import type { ApprovalMode, RunOptions } from './run.ts';

describe('a choice', () => {
  it('that the brain made up is dropped, and the person is asked', async () => {
    const script = [[plan('remove_object')], [removeNamed('red square', { choice: 1 })], 'Gone.'];
    const alone = await runScript(script);
    expect(alone.error).toMatchObject({ code: 'choice-needed' });
    expect(alone.history).toEqual([]);
    const { questions, history, result } = await runScript(script, { answer: () => ({ choice: 2 }) });
    expect(questions).toMatchObject([{ kind: 'choice', phrase: 'red square' }]);
    expect(history).toMatchObject([{ input: { choice: 2 } }]);
    expect(result).toMatchObject({ verified: true });
  });

  it('of the person is not changed to another by the brain', async () => {
    const look = { tool: 'segment_object', input: { image: image.id, phrase: 'red square' } };
    const script = [[plan('remove_object')], [look], [removeNamed('red square', { choice: 1 })], 'Gone.'];
    const { questions, history } = await runScript(script, { answer: () => ({ choice: 2 }) });
    expect(questions).toHaveLength(2);
    expect(history).toMatchObject([{ input: { choice: 2 } }]);
  });

  it('of the person is not asked for again', async () => {
    const look = { tool: 'segment_object', input: { image: image.id, phrase: 'red square' } };
    const script = [[plan('remove_object')], [look], [removeNamed('red square', { choice: 2 })], 'Gone.'];
    const { questions, history } = await runScript(script, { answer: () => ({ choice: 2 }) });
    expect(questions).toHaveLength(1);
    expect(history).toMatchObject([{ input: { choice: 2 } }]);
  });

  it('that answers the question of an earlier run counts', async () => {
    const session = open([
      [plan('remove_object')],
      [removeNamed('red square')],
      'Which one?',
      [plan('remove_object')],
      [removeNamed('red square', { choice: 2 })],
      'Gone.',
    ]);
    const asked = session.run('remove the red square').result;
    await expect(asked).rejects.toMatchObject({ code: 'choice-needed' });
    const second = await end(session);
    expect(second.error).toBeUndefined();
    expect(second.result).toMatchObject({ verified: true, edits: [{ input: { choice: 2 } }] });
    expect(second.questions).toEqual([]);
  });
});

describe('without a yes nothing is edited', () => {
  const script = () => [[plan('remove_object')], [remove('left')], 'Removed.'];
  const wrong = (value: unknown) => value as ApprovalMode; // What plain JavaScript may hand in.

  it.each<[string, RunOptions]>([
    ['approve misspelt', { approve: wrong('edit') }],
    ['approve as a boolean', { approve: wrong(true) }],
    ['maxSteps 0', { maxSteps: 0 }],
    ['maxSteps -1', { maxSteps: -1 }],
    ['maxSteps NaN', { maxSteps: Number.NaN }],
    ['maxSteps 2.5', { maxSteps: 2.5 }],
    ['maxSeconds 0', { maxSeconds: 0 }],
    ['maxSeconds NaN', { maxSeconds: Number.NaN }],
  ])('%s is invalid input', async (name, options) => {
    const { error, events, history } = await runScript(script(), options);
    const [option] = name.split(' ');
    expect(error).toMatchObject({ code: 'invalid-input', message: expect.stringContaining(option) });
    expect(events.map(({ status }) => status)).toEqual(['queued', 'failure']);
    expect(events.at(-1)).toMatchObject({ error: { code: 'invalid-input' }, edits: [], outputImage: null });
    expect(history).toEqual([]);
  });

  it.each<[string, ApprovalMode]>([
    ['true', wrong(() => true)],
    ['nothing', wrong(() => undefined)],
    ['a promise of a word in capitals', wrong(async () => 'ALLOW')],
  ])('a rule that answers %s asks', async (_name, approve) => {
    const nobody = await runScript(script(), { approve });
    expect(nobody.error).toMatchObject({ code: 'not-approved' });
    expect(nobody.history).toEqual([]);
    const { questions, history } = await runScript(script(), { approve, answer: () => ({ approved: true }) });
    expect(questions).toMatchObject([{ kind: 'approval', tool: 'remove_object', reason: 'asked' }]);
    expect(history).toHaveLength(1);
  });

  it.each<[string, unknown]>([
    ['the word false', { approved: 'false' }],
    ['the word true', { approved: 'true' }],
    ['a number', { approved: 1 }],
    ['a bare word', 'yes'],
    ['a bare true', true],
    ['null', null],
  ])('%s is no yes', async (_name, answer) => {
    const { error, history, last } = await runScript(script(), {
      approve: 'edits',
      answer: () => answer as { approved: boolean }, // What plain JavaScript may hand in.
    });
    expect(history).toEqual([]);
    expect(error).toMatchObject({ code: 'not-approved' });
    expect(last).toMatchObject({ status: 'failure', edits: [], outputImage: null });
  });

  it('a rule that denies ends the run in not-approved', async () => {
    const { error, history, last } = await runScript(script(), { approve: () => 'deny' });
    expect(history).toEqual([]);
    expect(error).toMatchObject({ code: 'not-approved', message: expect.stringContaining('remove_object') });
    expect(last).toMatchObject({ status: 'failure', error: { code: 'not-approved' } });
  });
});

describe('a function of the caller that throws', () => {
  const fails = () => {
    throw new TypeError('the database is away');
  };
  const red = [[plan('remove_object')], [removeNamed('red square')], 'Gone.'];
  const left = [[plan('remove_object')], [remove('left')], 'Gone.'];

  it.each<[string, readonly Turn[], RunOptions]>([
    ['answer', red, { answer: fails }],
    ['answer', left, { approve: 'edits', answer: () => Promise.reject(new Error('the database is away')) }],
    ['approve', left, { approve: fails }],
    ['approve', left, { approve: () => Promise.reject(new Error('the database is away')) }],
  ])('is named: %s', async (option, script, options) => {
    const { error, history, last } = await runScript(script, options);
    expect(history).toEqual([]);
    expect(error).toBeInstanceOf(AtelierError);
    if (!AtelierError.isInstance(error)) return;
    expect(error.code).toBe('invalid-input');
    expect(error.message).toContain('the database is away');
    expect(`${error.message} ${error.hint}`).toContain(`\`${option}\``);
    expect(`${error.message} ${error.hint}`).not.toContain('brain');
    expect(last).toMatchObject({ status: 'failure', error: { code: 'invalid-input' } });
  });
});
