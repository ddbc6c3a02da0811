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
    const { output: fitted, json } = fitOutput(output, 40_000);
    expect(Buffer.byteLength(json) * 2).toBeLessThanOrEqual(40_000);
    const { detections, omitted, notes } = fitted as {
      detections: object[];
      omitted: Record<string, number>;
      notes: string[];
    };
    expect(detections[0]).toEqual(thing(0));
    expect(detections.length + (omitted.detections ?? 0)).toBe(1000);
    expect(detections.length).toBeGreaterThan(100);
    expect(notes).toEqual(['short']);
    expect(JSON.parse(json)).toEqual(fitted);
  });

  it('ends where there is no list to cut', () => {
    const output = { answer: 'x'.repeat(1000) };
    expect(fitOutput(output, 100).output).toBe(output);
  });
});
