import { describe, expect, it } from 'vitest';
import type { JobView } from '../../jobs/job-board.ts';
import { adviceOf } from './job-advice.ts';

const edit = {
  id: 'edit_1',
  tool: 'remove_object',
  label: 'cup',
  image: 'img_2',
  mask: 'mask_1',
  changedOutsideMask: 0,
  verified: { ok: true, reason: 'A look again finds no cup.', by: 'local' },
};
const done: JobView = {
  id: 'job_1',
  session: 'session_1',
  prompt: 'Remove the cup',
  state: 'succeeded',
  progress: 100,
  message: 'Done.',
  question: null,
  answer: 'I removed the cup.',
  image: 'img_2',
  verified: true,
  edits: [edit],
  notDone: [],
  error: null,
};
const doubtful = { ...edit, verified: { ok: false, reason: 'A look again still finds a cup.', by: 'local' } };
const step = { id: 's2', tool: 'adjust_image', message: 'Make the sky darker' };

describe('what a model is told beside the JSON', () => {
  it.each<[string, Partial<JobView>, RegExp]>([
    [
      'that an edit was not confirmed',
      { verified: false, edits: [doubtful] },
      /did not confirm.*cup: A look again still/,
    ],
    ['what was not done', { verified: false, notDone: [step] }, /was not done: Make the sky darker\./],
    ['that nothing was changed', { image: null, edits: [] }, /^The picture was not changed\.$/],
    [
      'that a failed job left edits behind',
      { state: 'failed' },
      /It failed.*One edit was made before and stays.*img_2/,
    ],
    [
      'that a stopped job left edits behind',
      { state: 'cancelled', edits: [edit, edit] },
      /2 edits were made before and stay:/,
    ],
    ['what a job that only went back leaves', { edits: [] }, /^The picture is now img_2\.$/],
  ])('%s', (_what, changes, expected) => {
    const advice = adviceOf({ ...done, ...changes }, 'on');
    expect(advice).toMatch(expected);
    expect(advice).not.toMatch(/checked and confirmed/);
  });

  it('that all is well, only where it is', () => {
    expect(adviceOf(done, 'on')).toBe(
      'Every edit was checked and confirmed. To take the last edit back: undo_edit {"edit":"edit_1"}.',
    );
  });
});
