import { describe, expect, it } from 'vitest';
import type { Tensor } from '../wire/tensor.ts';
import { bytes, fp32, int32 } from './__fixtures__/tensors.ts';
import { readDetections } from './detect.ts';
import { OutputReader } from './outputs.ts';

const size = { width: 100, height: 80 };
const phrases = ['a cup', 'a dog'];
const boxes = (...rows: readonly number[][]) => fp32(rows.flat(), [1, rows.length, 4]);
const read = (outputs: Record<string, Tensor>) => readDetections(new OutputReader('owlv2', outputs), phrases, size);

describe('the outputs of owlv2', () => {
  it('become boxes in the picture, sorted by score, each under its phrase', () => {
    const BOXES = boxes([10, 10, 30, 40], [-5, 70, 50, 90], [0, 0, 20, 10]);
    const detections = read({ BOXES, SCORES: fp32([0.25, 0.75, 0.5]), PHRASE_INDEX: int32([0, 1, 1]) });
    expect(detections).toEqual([
      { label: 'a dog', phrase: 'a dog', score: 0.75, box: { x: 0, y: 70, width: 50, height: 10 } },
      { label: 'a dog', phrase: 'a dog', score: 0.5, box: { x: 0, y: 0, width: 20, height: 10 } },
      { label: 'a cup', phrase: 'a cup', score: 0.25, box: { x: 10, y: 10, width: 20, height: 30 } },
    ]);
  });

  it('may be none', () => {
    expect(read({ BOXES: fp32([], [1, 0, 4]), SCORES: fp32([]), PHRASE_INDEX: int32([]) })).toEqual([]);
  });

  it('leave out what has no area in the picture', () => {
    const BOXES = boxes([100, 0, 120, 20], [5, 5, 5, 20]);
    expect(read({ BOXES, SCORES: fp32([0.5, 0.5]), PHRASE_INDEX: int32([0, 0]) })).toEqual([]);
  });

  const box = boxes([10, 10, 30, 40]);
  const one = { BOXES: box, SCORES: fp32([0.5]), PHRASE_INDEX: int32([0]) };
  const many = 10_001;
  it.each<[string, Record<string, Tensor>, RegExp]>([
    ['a missing output', { BOXES: box, SCORES: fp32([0.5]) }, /no output PHRASE_INDEX/],
    ['another datatype', { ...one, SCORES: int32([1]) }, /SCORES as INT32 instead of FP32/],
    ['bytes for boxes', { ...one, BOXES: bytes('no') }, /BOXES as BYTES/],
    ['another shape', { ...one, BOXES: fp32([1, 2, 3, 4], [1, 4, 1]) }, /shape \[1, 4, 1\] instead of rows of 4/],
    ['lengths that differ', { ...one, SCORES: fp32([0.5, 0.4]) }, /1 BOXES, 2 SCORES and 1 of PHRASE_INDEX/],
    ['a score that is no number', { ...one, SCORES: fp32([Number.NaN]) }, /a score of NaN/],
    ['a score above 1', { ...one, SCORES: fp32([7]) }, /a score of 7/],
    ['a box that is no number', { ...one, BOXES: boxes([0, Number.NaN, 1, 1]) }, /which is not xyxy/],
    ['a box of another form', { ...one, BOXES: boxes([50, 50, 20, 20]) }, /which is not xyxy/],
    ['an infinite box', { ...one, BOXES: boxes([-Infinity, 0, -Infinity, 5]) }, /which is not xyxy/],
    ['a phrase that was not asked for', { ...one, PHRASE_INDEX: int32([2]) }, /a PHRASE_INDEX of 2/],
    ['a negative phrase', { ...one, PHRASE_INDEX: int32([-1]) }, /a PHRASE_INDEX of -1/],
    [
      'more boxes than things can be',
      {
        BOXES: fp32(new Array(4 * many).fill(1), [1, many, 4]),
        SCORES: fp32(new Array(many).fill(0.5)),
        PHRASE_INDEX: int32(new Array(many).fill(0)),
      },
      /10001 boxes/,
    ],
  ])('are refused with %s', (_what, outputs, message) => {
    expect(() => read(outputs)).toThrow(
      expect.objectContaining({ code: 'response-invalid', model: 'owlv2', message: expect.stringMatching(message) }),
    );
  });
});
