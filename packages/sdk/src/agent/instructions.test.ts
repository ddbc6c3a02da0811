import { describe, expect, it } from 'vitest';
import { plannedToolNames } from '../tools/schemas.ts';
import { instructions } from './instructions.ts';

const image = (number: number) => ({ id: `img_${String(number).padStart(32, '0')}`, width: 4000, height: 3000 });
const many = Array.from({ length: 200 }, (_, index) => image(index));

/** Cautious: four letters a token in English, and more than one token for each Hangul syllable or digit of an id. */
function tokens(text: string): number {
  const hangul = text.match(/[가-힣]/g)?.length ?? 0;
  return Math.ceil((text.length - hangul) / 4 + hangul * 1.2);
}

describe('instructions', () => {
  it('cost under 1,200 tokens at every call', () => {
    expect(tokens(instructions(many.slice(0, 3), many[0]?.id ?? null, 'ko'))).toBeLessThan(1200);
  });

  it('stay short in a long session, and always name the current picture', () => {
    const text = instructions(many, many[0]?.id ?? null);
    expect(text).toContain(`${many[0]?.id} 4000x3000 (current)`);
    expect(text).toContain(String(many.at(-1)?.id));
    expect(text.match(/img_/g)?.length).toBeLessThan(20);
  });

  it('name only tools that there are', () => {
    const named = instructions([], null).match(/\b[a-z]+_(image|object|objects|edit)\b/g) ?? [];
    expect(named.length).toBeGreaterThan(4);
    for (const name of named) expect(plannedToolNames).toContain(name);
  });

  it('say the language, or leave it to the brain', () => {
    expect(instructions([], null, 'ko')).toContain('\nAnswer in: ko\n');
    expect(instructions([], null)).not.toContain('Answer in');
    expect(instructions([], null)).toContain('none yet');
  });
});
