import { describe, expect, it } from 'vitest';
import { changeRules, ruleKey, withProtections } from './protections.ts';
import type { ProtectionRecord, ProtectRule, SessionRecord } from './session-record.ts';

const found = (mask: string, covers?: readonly ProtectRule[]): ProtectionRecord => ({
  mask,
  rules: [],
  ...(covers ? { covers: [...covers] } : {}),
});
const box = { x: 1, y: 2, width: 3, height: 4 };
const record = (
  protect: ProtectRule[],
  protections: SessionRecord['protections'] = {},
  size = { width: 30, height: 20 },
): SessionRecord => ({
  format: 1,
  id: 'session_1',
  revision: 1,
  images: [{ id: 'img_1', ...size }],
  current: 'img_1',
  edits: [],
  head: null,
  protect,
  protections,
  messages: [],
  runs: [],
});

describe('what is found in a picture', () => {
  const rules: ProtectRule[] = ['faces', 'text', { phrase: 'cup' }];

  it('is kept where nothing was, and gives way to what covers more', () => {
    const one = found('mask_1', ['faces']);
    const more = found('mask_2', ['text', 'faces']);
    expect(withProtections({ protect: rules, protections: {} }, { a: one })).toEqual({ a: one });
    expect(withProtections({ protect: rules, protections: { a: one, b: one } }, { a: more })).toEqual({
      a: more,
      b: one,
    });
  });

  it.each([
    ['covers the same', ['faces', 'text']],
    ['covers less', ['faces']],
    ['covers another rule in place of one', ['faces', { phrase: 'cup' }]],
    ['covers a rule that is no longer in force', ['faces', 'text', { phrase: 'hat' }]],
  ] satisfies [string, ProtectRule[]][])('stays where what comes later %s', (_name, covers) => {
    const first = found('mask_1', ['faces', 'text']);
    expect(
      withProtections({ protect: rules, protections: { a: first } }, { a: found('mask_2', covers) }),
    ).toBeUndefined();
  });

  it('for a rule that is no longer in force is not kept', () =>
    expect(withProtections({ protect: ['text'], protections: {} }, { a: found('mask_1', ['faces']) })).toBeUndefined());

  it('that was stored without its rules covers all that there were then', () => {
    const change = changeRules(record(['faces'], { a: found('mask_1') }), ['faces', 'text']);
    expect(change).toEqual({ protect: ['faces', 'text'], protections: { a: found('mask_1', ['faces']) } });
  });
});

describe('rules that are given', () => {
  it('get the size of the current picture, once', () => {
    const first = changeRules(record([]), [{ box }]);
    expect(first?.protect).toEqual([{ box, size: { width: 30, height: 20 } }]);
    const later = record(first?.protect ?? [], {}, { width: 10, height: 10 });
    expect(changeRules(later, [{ box }])).toBeUndefined();
    expect(changeRules(later, [{ box, size: { width: 10, height: 10 } }])?.protect).toHaveLength(1);
  });

  it('again name every box that was given with these numbers', () => {
    const both = [
      { box, size: { width: 30, height: 20 } },
      { box, size: { width: 10, height: 10 } },
    ];
    expect(changeRules(record(both), [{ box }])).toBeUndefined();
  });

  it('are told apart by all that they say', () => {
    const rules: ProtectRule[] = [
      'faces',
      { phrase: 'faces' },
      { mask: 'faces' },
      { box },
      { box: { ...box, x: 2 } },
      { box, size: { width: 30, height: 20 } },
      { box, size: { width: 30, height: 21 } },
    ];
    expect(new Set(rules.map(ruleKey)).size).toBe(rules.length);
    const { x, y, width, height } = box;
    expect(ruleKey({ box: { height, width, y, x } })).toBe(ruleKey({ box }));
  });
});
