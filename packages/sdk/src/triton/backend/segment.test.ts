import { describe, expect, it } from 'vitest';
import { ImageNotCachedError, RequestRejectedError } from '../errors.ts';
import { fp32 } from './__fixtures__/tensors.ts';
import { OutputReader, type Outputs } from './outputs.ts';
import { RecentKeys } from './recent-keys.ts';
import { inferByKey, promptInputs, readScore } from './segment.ts';

const picture = new Uint8Array([1, 2, 3]);

/** A server that keeps pictures by key, and counts what it was sent. */
function cachingServer() {
  const cache = new Set<string>();
  const uploads: number[] = [];
  return {
    cache,
    uploads,
    infer: (key: string) => async (sent: Uint8Array) => {
      uploads.push(sent.length);
      if (sent.length === 0 && !cache.has(key)) throw new ImageNotCachedError({ message: 'image-not-cached: send it' });
      cache.add(key);
      return {};
    },
  };
}

describe('the key protocol of sam', () => {
  it('sends a picture once, and again once when the server has forgotten it', async () => {
    const { cache, uploads, infer } = cachingServer();
    const sent = new RecentKeys(10);
    for (let call = 0; call < 3; call++) await inferByKey('a', picture, sent, infer('a'));
    expect(uploads).toEqual([3, 0, 0]);
    cache.clear();
    await inferByKey('a', picture, sent, infer('a'));
    await inferByKey('a', picture, sent, infer('a'));
    expect(uploads).toEqual([3, 0, 0, 0, 3, 0]);
  });

  it('gives up where the server does not know a picture that was just sent', async () => {
    let calls = 0;
    const infer = async (): Promise<Outputs> => {
      calls += 1;
      throw new ImageNotCachedError({ message: 'image-not-cached: always' });
    };
    const sent = new RecentKeys(10);
    sent.add('a');
    await expect(inferByKey('a', picture, sent, infer)).rejects.toMatchObject({ code: 'image-not-cached' });
    expect(calls).toBe(2);
  });

  it('does not send a picture again because of another error', async () => {
    const sent = new RecentKeys(10);
    sent.add('a');
    const infer = () => Promise.reject(new RequestRejectedError({ message: 'no prompt' }));
    await expect(inferByKey('a', picture, sent, infer)).rejects.toMatchObject({ code: 'request-rejected' });
    expect(sent.has('a')).toBe(true);
  });
});

describe('recent keys', () => {
  it('forget what was not used for longest', () => {
    const keys = new RecentKeys(2);
    keys.add('a');
    keys.add('b');
    expect(keys.has('a')).toBe(true);
    keys.add('c');
    expect([keys.has('a'), keys.has('b'), keys.has('c')]).toEqual([true, false, true]);
    keys.delete('a');
    expect(keys.has('a')).toBe(false);
  });
});

describe('prompts', () => {
  const box = { x: 10, y: 20, width: 30, height: 40 };

  it('are a row of BOXES for a box alone', () => {
    expect(promptInputs(box, [])).toEqual({
      POINTS: new Float32Array(),
      POINT_LABELS: new Int32Array(),
      POINT_PROMPT: new Int32Array(),
      BOXES: Float32Array.of(10, 20, 40, 60),
    });
  });

  it('are one numbered prompt for points, with the corners of a box among them', () => {
    const points = [
      { x: 1, y: 2, positive: true },
      { x: 3, y: 4, positive: false },
    ];
    expect(promptInputs(undefined, points)).toEqual({
      POINTS: Float32Array.of(1, 2, 3, 4),
      POINT_LABELS: Int32Array.of(1, 0),
      POINT_PROMPT: Int32Array.of(0, 0),
      BOXES: new Float32Array(),
    });
    expect(promptInputs(box, points)).toEqual({
      POINTS: Float32Array.of(1, 2, 3, 4, 10, 20, 40, 60),
      POINT_LABELS: Int32Array.of(1, 0, 2, 3),
      POINT_PROMPT: Int32Array.of(0, 0, 0, 0),
      BOXES: new Float32Array(),
    });
  });
});

describe('scores', () => {
  const score = (...values: readonly number[]) => readScore(new OutputReader('sam', { SCORES: fp32(values) }));

  it('are clipped where the regression ends beside 0..1, and refused where they are no estimates', () => {
    expect(score(0.75)).toBe(0.75);
    expect(score(1.02)).toBe(1);
    expect(score(-0.01)).toBe(0);
    for (const bad of [[Number.NaN], [12], [], [0.5, 0.5]])
      expect(() => score(...bad)).toThrow(expect.objectContaining({ code: 'response-invalid' }));
  });
});
