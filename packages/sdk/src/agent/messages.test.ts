import { describe, expect, it } from 'vitest';
import { questionMessage, toolMessage } from './messages.ts';

const candidates = Array.from({ length: 40 }, (_, index) => ({ number: index + 1, label: 'cup', score: 0.5 }));

describe('"which one?"', () => {
  it.each(['en', 'ko'] as const)('stays a sentence where much fits (%s)', (language) => {
    const message = questionMessage(language, { reason: 'ambiguous', phrase: 'the cup', candidates });
    expect(message).toContain('40');
    expect(message).toContain('12: cup, 50 %; ...');
    expect(message).not.toContain('13: cup');
  });

  it('names all where there are few', () => {
    const few = { reason: 'no-match', phrase: 'the cup', candidates: candidates.slice(0, 3) } as const;
    expect(questionMessage('en', few)).toBe(
      'I do not see "the cup". I see: 1: cup, 50 %; 2: cup, 50 %; 3: cup, 50 %. One of these?',
    );
  });
});

describe('the words of a tool at work', () => {
  it('are its own, or those of its stage', () => {
    expect(toolMessage('en', 'load_image')).toBe('Loading the picture...');
    expect(toolMessage('ko', 'detect_objects')).toBe('객체 찾는 중...');
  });
});
