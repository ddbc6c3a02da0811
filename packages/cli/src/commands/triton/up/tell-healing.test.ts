import { expect, it } from 'vitest';
import type { HealingEvent } from './supervise.ts';
import { healingText } from './tell-healing.ts';
import { upWordsIn } from './words.ts';

const model = 'owlv2';
const died = { kind: 'died', model, end: { signal: 'SIGKILL', code: null }, outOfMemory: false } as const;

it.each<[HealingEvent, string, RegExp]>([
  [died, 'the process of owlv2 was killed by SIGKILL; loading it anew', /^owlv2: .*SIGKILL/],
  [
    { ...died, outOfMemory: true },
    'the process of owlv2 was killed by SIGKILL, probably out of memory; loading it anew',
    /메모리/,
  ],
  [{ ...died, end: { signal: null, code: 3 } }, 'the process of owlv2 ended with code 3; loading it anew', /코드 3/],
  [{ kind: 'back', model, seconds: 3.14 }, 'owlv2 is back after 3.1 s', /3\.1초/],
  [{ kind: 'failed', model, reason: 'no weights' }, 'owlv2 could not be loaded: no weights', /no weights$/],
  [{ kind: 'failed', model, reason: undefined }, 'the new process of owlv2 died at once', /새 프로세스/],
  [
    { kind: 'given-up', model },
    'owlv2 was restarted 3 times within 5 minutes and is left unloaded until the next atelier triton up; other models go on',
    /5분 안에 3번/,
  ],
])('%j', (event, english, korean) => {
  expect(healingText(event, upWordsIn('en'))).toBe(english);
  expect(healingText(event, upWordsIn('ko'))).toMatch(korean);
  expect(healingText(event, upWordsIn('ko'))).toContain('owlv2');
});
