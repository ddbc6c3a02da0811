import { toolSchemas } from '@atelier/sdk';
import { describe, expect, it } from 'vitest';
import { conversation, options } from './__fixtures__/conversation.ts';
import { decide } from './decide.ts';
import { planRequest } from './plan-request.ts';

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const words =
  `remove erase replace with a cat the cup and then , ; . ? ! it that make blue black white into to turn blur background everything but
except between left undo open a.png "cup" draw picture of how many find cut out please could you 컵 컵을 고양이로 지우고 지워줘 바꿔줘 그리고 배경을
흐리게 해줘 찾아서 몇 개 있어 빼고 다 그것을 파랗게 하고 나서 다음에 되돌려줘 ( ) [ * + \\ $ ^ | { } 😀 \n \u0000 \ud800`.split(
    ' ',
  );

function randomText(random: () => number): string {
  const length = Math.floor(random() * 14);
  if (random() < 0.6)
    return Array.from({ length }, () => words[Math.floor(random() * words.length)]).join(random() < 0.9 ? ' ' : '');
  return String.fromCharCode(
    ...Array.from({ length: length * 3 }, () => Math.floor(random() * (random() < 0.5 ? 128 : 65_536))),
  );
}

describe('the planner on arbitrary text', () => {
  it('never throws, and only ever plans calls that fit the contract (10,000 texts)', () => {
    const random = randomNumbers(7);
    let understood = 0;
    for (let round = 0; round < 10_000; round++) {
      const text = randomText(random);
      const { steps, notUnderstood } = planRequest(text);
      expect(steps.length === 0, text).toBe(notUnderstood !== undefined);
      expect(toolSchemas.plan.input.safeParse({ steps }).success, text).toBe(true);
      if (steps.length > 0) understood++;
      const first = decide(options(conversation(text, [])));
      if (first.kind === 'call') {
        const name = steps[0].tool;
        expect(toolSchemas[name].input.safeParse(first.input).success, `${text}: ${JSON.stringify(first)}`).toBe(true);
      }
    }
    expect(understood).toBeGreaterThan(300);
  });

  it('does not read texts of more than 2,000 characters', () => {
    expect(planRequest(`remove the cup. ${'please '.repeat(260)}`).steps).toHaveLength(3);
    const long = `remove the cup. ${'please '.repeat(300)}`;
    expect(planRequest(long).notUnderstood).toBe(long.trim());
    const answer = decide(options(conversation(long, [])));
    expect(answer).toMatchObject({ reason: 'request-not-understood' });
    expect(answer.kind === 'answer' && answer.text.length).toBeLessThan(500);
  });

  it('does not plan more than 30 steps', () => {
    expect(planRequest(Array.from({ length: 10 }, () => 'remove the cup').join(', ')).steps).toHaveLength(30);
    expect(planRequest(Array.from({ length: 11 }, () => 'remove the cup').join(', ')).steps).toHaveLength(0);
  });

  it.each([
    ' '.repeat(2000),
    `${'a '.repeat(999)}`,
    `make ${'the '.repeat(480)}blue`,
    `remove ${'a and '.repeat(320)}a`,
    `remove ${', '.repeat(900)}a`,
    `${'컵을 '.repeat(600)}지워줘`,
    `${'컵을 지우고 '.repeat(250)}`,
    `${'please '.repeat(280)}`,
    `${'고 '.repeat(900)}`,
    `find ${'between '.repeat(200)}and`,
    'ㅋ'.repeat(2000),
    `${'('.repeat(1000)}${')'.repeat(1000)}`,
    `${'to '.repeat(600)}`,
    `turn ${'a to '.repeat(380)}`,
    `make ${'the '.repeat(110)}blue`,
    `turn ${'a to '.repeat(90)}`,
    `remove ${'a and '.repeat(75)}a`,
    `컵을 ${'좀 '.repeat(220)}지워줘`,
    `${'컵 '.repeat(230)}빼고 다 흐리게`,
    `draw a ${'beautiful '.repeat(45)}`,
    'blurr, '.repeat(28),
    'make it, '.repeat(22),
    `${'컵 말고 '.repeat(60)}지어줘`,
    '🙏'.repeat(900),
    'the left '.repeat(60).concat('one'),
    'undo the '.concat('a '.repeat(230), 'blur'),
    Array.from({ length: 4 }, () => `make ${'the cup and '.repeat(38)}it blue.`).join(' '),
  ])('reads hostile texts within a second (%#)', (text) => {
    const start = performance.now();
    planRequest(text);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
