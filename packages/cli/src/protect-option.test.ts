import { describe, expect, it } from 'vitest';
import { readProtect } from './protect-option.ts';

describe('--protect', () => {
  it.each<[readonly string[], ReturnType<typeof readProtect>]>([
    [[], undefined],
    [['none'], []],
    [['faces'], ['faces']],
    [['faces, text'], ['faces', 'text']],
    [['1,2,30,40'], [{ x: 1, y: 2, width: 30, height: 40 }]],
    [
      ['faces,1,2,30.5,40,text', 'phrase:the red logo'],
      ['faces', { x: 1, y: 2, width: 30.5, height: 40 }, 'text', { phrase: 'the red logo' }],
    ],
    [['phrase:왼쪽 컵,text'], [{ phrase: '왼쪽 컵' }, 'text']],
    [
      ['1,2,3,4,5,6,7,8'],
      [
        { x: 1, y: 2, width: 3, height: 4 },
        { x: 5, y: 6, width: 7, height: 8 },
      ],
    ],
  ])('%j', (written, rules) => {
    expect(readProtect(written)).toEqual(rules);
  });

  it.each(['', 'faces,', 'faces,none', 'phrase:', '1,2,3', '1,2,3,text', '1,2,0,4', 'text;faces'])(
    'refuses "%s"',
    (written) => {
      expect(() => readProtect([written])).toThrow(/--protect/);
    },
  );
});
