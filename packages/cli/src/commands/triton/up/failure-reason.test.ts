import { expect, it } from 'vitest';
import { failureReason, ownSentence } from './failure-reason.ts';

it.each([
  [
    "load failed for model 'clip': version 1 is at UNAVAILABLE state: Internal: TritonModelException: clip: ATELIER_PRECISION must be one of auto, fp32.\n\nAt:\n  /a/serving/start.py(38): start\n  /a/models/clip/1/model.py(18): initialize\n;",
    'clip: ATELIER_PRECISION must be one of auto, fp32.',
  ],
  [
    "load failed for model 'sam': version 1 is at UNAVAILABLE state: Internal: ModuleNotFoundError: No module named 'torch'\n\nAt:\n  /a/model.py(3): <module>\n",
    "ModuleNotFoundError: No module named 'torch'",
  ],
  ["failed to load 'nobody', failed to poll from model repository", 'failed to poll from model repository'],
  ['Something else.', 'Something else.'],
])('%s', (told, sentence) => {
  expect(ownSentence(told)).toBe(sentence);
  expect(failureReason(new Error(told))).toBe(sentence);
});
