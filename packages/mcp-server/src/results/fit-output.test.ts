import { describe, expect, it } from 'vitest';
import { fitOutput } from './fit-output.ts';

const thing = (index: number) => ({
  label: 'cup',
  score: 1 - index / 1000,
  box: { x: index, y: 0, width: 1, height: 1 },
});

describe('fitOutput', () => {
  it('leaves alone what fits', () => {
    const output = { detections: [thing(0), thing(1)] };
    expect(fitOutput(output, 10_000).output).toBe(output);
  });

  it('cuts the longest list, keeps the best, and says how many are missing', () => {
    const output = { detections: Array.from({ length: 1000 }, (_, index) => thing(index)), notes: ['short'] };
    const { output: fitted, json } = fitOutput(output, 20_000);
    expect(Buffer.byteLength(json)).toBeLessThanOrEqual(20_000);
    expect(Buffer.byteLength(json)).toBeGreaterThan(15_000);
    const { detections, omitted, notes } = fitted as {
      detections: object[];
      omitted: Record<string, number>;
      notes: string[];
    };
    expect(detections[0]).toEqual(thing(0));
    expect(detections.length + (omitted.detections ?? 0)).toBe(1000);
    expect(notes).toEqual(['short']);
    expect(JSON.parse(json)).toEqual(fitted);
  });

  it('cuts a text where it is what is long, however often it has to, and no character in two', () => {
    // Its bytes are where it ends to be cut: the first guess is wrong.
    const answer = `${'🐕'.repeat(10_000)}${'a'.repeat(100_000)}`;
    const { output, json } = fitOutput({ answer, state: 'succeeded' }, 30_001);
    expect(Buffer.byteLength(json)).toBeLessThanOrEqual(30_001);
    const { answer: kept, omitted, state } = output as { answer: string; omitted: { answer: number }; state: string };
    expect(kept.endsWith('🐕…')).toBe(true);
    expect(kept.length - 1 + omitted.answer).toBe(answer.length);
    expect(state).toBe('succeeded');
  });

  it('cuts what lies deeper, and names it by its path', () => {
    const output = {
      question: { phrase: 'dog', candidates: Array.from({ length: 1000 }, (_, index) => thing(index)) },
      notDone: ['short', 'x'.repeat(50_000)],
    };
    const { output: fitted, json } = fitOutput(output, 10_000);
    expect(Buffer.byteLength(json)).toBeLessThanOrEqual(10_000);
    expect(fitted).toMatchObject({ question: { phrase: 'dog' }, notDone: ['short', expect.stringMatching(/^x+…$/)] });
    expect(fitted.omitted).toEqual({ 'question.candidates': expect.any(Number), 'notDone.1': expect.any(Number) });
    expect(output.question.candidates).toHaveLength(1000);
  });

  it('ends where nothing is long', () => {
    const output = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`field${index}`, 'x'.repeat(300)]));
    expect(fitOutput(output, 100).output).toBe(output);
    const { output: emptied, json } = fitOutput({ list: ['x'], answer: 'x'.repeat(5000) }, 10);
    expect(emptied).toEqual({ list: [], answer: `${'x'.repeat(400)}…`, omitted: { list: 1, answer: 4600 } });
    expect(JSON.parse(json)).toEqual(emptied);
  });
});
