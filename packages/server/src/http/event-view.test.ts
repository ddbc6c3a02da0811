import { describe, expect, it } from 'vitest';
import type { FinalEvent } from '../jobs/job.ts';
import { failureTexts } from './event-view.ts';

type Failure = Extract<FinalEvent, { status: 'failure' }>;

const failure = (code: Failure['error']['code'], message: string): Failure => ({
  seq: 2,
  at: '2026-01-01T00:00:00.000Z',
  stage: 'answer',
  progress: 0,
  message,
  status: 'failure',
  error: { code, message },
  step: null,
  outputImage: null,
  edits: [],
});
const owner = { tenant: 'alice', request: { prompt: 'open /etc/passwd' } };

describe('what a failure says', () => {
  it('is cleaned for people as it is for programs', () => {
    const event = failure('backend-failed', 'ENOENT: /srv/atelier/model.onnx at gpu-box:8000');
    const shown = failureTexts(event, owner);
    expect(shown.message).toBe('ENOENT: (a file) at (a server)');
    expect(shown.error.message).toBe(shown.message);
  });

  it('repeats the words of the request as they were', () => {
    const message = 'I did not understand “open /etc/passwd”\nI understand requests.';
    const shown = failureTexts(failure('request-not-understood', message), owner);
    expect([shown.message, shown.error.message]).toEqual([message, message]);
  });
});
