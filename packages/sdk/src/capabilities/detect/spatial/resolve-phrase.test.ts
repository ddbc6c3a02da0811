import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Detection } from '../contract.ts';
import { parsePhrase } from './parse-phrase.ts';
import { resolvePhrase } from './resolve-phrase.ts';

const size = { width: 1000, height: 600 };

/** A square thing around a point. */
const thing = (x: number, y: number, side: number, phrase = 'cup', score = 0.5): Detection => ({
  label: phrase,
  score,
  phrase,
  box: { x: x - side / 2, y: y - side / 2, width: side, height: side },
});

const resolve = (phrase: string, detections: readonly Detection[], anchors?: readonly Detection[]) =>
  resolvePhrase(parsePhrase(phrase), detections, { size, anchors });

const [a, b, c] = [thing(100, 300, 80), thing(480, 310, 120), thing(900, 290, 100)];
const row = [b, c, a];

describe('resolvePhrase', () => {
  it.each([
    ['the left cup', [a]],
    ['the cup on the right', [c]],
    ['leftmost cup', [a]],
    ['the second cup from the right', [b]],
    ['the third cup', [c]],
    ['the last cup', [c]],
    ['the cup in the middle', [b]],
    ['the biggest cup', [b]],
    ['the second biggest cup', [c]],
    ['the smallest cup', [a]],
    ['오른쪽에서 두 번째 컵', [b]],
    ['가장 작은 컵', [a]],
    ['맨 오른쪽 컵', [c]],
    ['the cup', [a, b, c]],
    ['all cups', [a, b, c]],
    ['one cup', [a, b, c]],
    ['one of the cups', [a, b, c]],
    ['컵 하나', [a, b, c]],
    ['the cups on the left', [a, b]],
    ['the two cups on the right', [b, c]],
    ['the first two cups', [a, b]],
    ['the last two cups', [b, c]],
    ['both outer cups', [a, c]],
    ['all the cups but the middle one', [a, c]],
    ['every cup except the two on the left', [c]],
    ['the two biggest cups', [b, c]],
    ['the tallest cup', [b]],
    ['the shortest of the cups', [a]],
    ['the second to last cup', [b]],
    ['the right-hand one of the cups', [c]],
    ['the first five cups', []],
    ['the smallest cup on the right', [c]],
  ])('"%s"', (phrase, expected) => expect(new Set(resolve(phrase, row).matches)).toEqual(new Set(expected)));

  it('picks corners', () => {
    const corners = [thing(100, 100, 50), thing(900, 100, 50), thing(100, 500, 50), thing(900, 500, 50)];
    expect(resolve('the top-left cup', corners).matches).toEqual([corners[0]]);
    expect(resolve('the bottom right cup', corners).matches).toEqual([corners[3]]);
    expect(resolve('오른쪽 위 컵', corners).matches).toEqual([corners[1]]);
  });

  it('takes the nearest to the centre where there is no row', () => {
    const scattered = [thing(100, 100, 50), thing(520, 320, 50), thing(900, 100, 50), thing(450, 550, 50)];
    expect(resolve('the cup in the middle', scattered).matches).toEqual([scattered[1]]);
  });

  it('takes the middle of an odd column that stands off centre', () => {
    const column = [thing(100, 60, 40), thing(110, 160, 40), thing(100, 260, 40)];
    expect(resolve('the middle cup', column).matches).toEqual([column[1]]);
  });

  it('finds what is near, far, and beside an anchor', () => {
    const dog = thing(820, 300, 60, 'dog');
    expect(resolve('the cup next to the dog', row, [dog]).matches).toEqual([c]);
    expect(resolve('the cup farthest from the dog', row, [dog]).matches).toEqual([a]);
    expect(resolve('the cup to the left of the dog', row, [dog]).matches).toEqual([b]);
    expect(resolve('the cups to the left of the dog', row, [dog]).matches).toHaveLength(2);
    expect(resolve('강아지 옆의 컵', row, [thing(820, 300, 60, '강아지')]).matches).toEqual([c]);
  });

  it('tells anchors apart and resolves them in turn', () => {
    const dogs = [thing(60, 500, 60, 'dog'), thing(940, 500, 90, 'dog'), thing(480, 100, 50, 'cat')];
    expect(resolve('the cup next to the dog on the left', row, dogs).matches).toEqual([a]);
    expect(resolve('the cup next to the biggest dog', row, dogs).matches).toEqual([c]);
    expect(resolve('the cup next to the cat', row, dogs).matches).toEqual([b]);
  });

  it('never takes a thing to be next to itself', () => {
    const cup = thing(300, 300, 80);
    expect(resolve('the thing next to the cup', [cup, thing(700, 300, 80)], [cup]).matches).toEqual([
      thing(700, 300, 80),
    ]);
  });

  it('accepts the only one on any side, but not as the second', () => {
    const only = [thing(900, 300, 80)];
    expect(resolve('the left cup', only).matches).toEqual(only);
    expect(resolve('the biggest cup', only).matches).toEqual(only);
    expect(resolve('the second cup', only)).toEqual({ matches: [], reason: expect.stringContaining('number 2') });
  });

  it('leaves near-ties to a person', () => {
    const stack = [thing(200, 150, 90), thing(205, 450, 91), thing(800, 300, 90)];
    expect(resolve('the left cup', stack).matches).toHaveLength(2);
    expect(resolve('the biggest cup', stack).matches).toHaveLength(3);
  });

  it.each([
    ['nothing found', 'the left cup', [], [], 'No "cup" was found'],
    ['out of range', 'the fifth cup', row, [], 'number 5'],
    ['no anchor', 'the cup next to the dog', row, [], 'No "dog" was found'],
    ['an empty half', 'the cups on the right', [a], [], 'right half'],
    ['nothing on that side', 'the cup to the right of the dog', row, [thing(980, 300, 20, 'dog')], 'right of "dog"'],
  ])('gives a reason: %s', (_, phrase, detections, anchors, words) => {
    const { matches, reason } = resolve(phrase, detections, anchors);
    expect(matches).toEqual([]);
    expect(reason).toContain(words);
  });
});

const detections = fc
  .uniqueArray(
    fc.record({
      x: fc.integer({ min: 20, max: 980 }),
      y: fc.integer({ min: 20, max: 580 }),
      side: fc.integer({ min: 4, max: 200 }),
    }),
    { minLength: 1, maxLength: 7, selector: ({ x, y, side }) => `${x},${y},${side}` },
  )
  .map((places) => places.map(({ x, y, side }, index) => thing(x, y, side, 'cup', (index + 1) / 10)));

const phrases = [
  'the left cup',
  'the top cup',
  'the second cup from the left',
  'the cup in the middle',
  'the biggest cup',
  'the second smallest cup',
  'the bottom left cup',
  'the biggest cup on the left',
  'the cups on the left',
  'the cup next to the dog',
  'the cup to the left of the dog',
];
const dog = thing(400, 200, 50, 'dog');
const scores = (matches: readonly Detection[]): number[] => matches.map(({ score }) => score);

const mirrored = (each: Detection): Detection => ({
  ...each,
  box: { ...each.box, x: size.width - each.box.x - each.box.width },
});
const swapSides = (phrase: string): string =>
  phrase.replace(/left|right/g, (word) => (word === 'left' ? 'right' : 'left'));

describe('geometry', () => {
  it('swaps left and right when the picture is mirrored', () => {
    fc.assert(
      fc.property(detections, fc.constantFrom(...phrases), (cups, phrase) => {
        const before = resolve(phrase, cups, [dog]).matches;
        const after = resolve(swapSides(phrase), cups.map(mirrored), [mirrored(dog)]).matches;
        expect(scores(after)).toEqual(scores(before));
      }),
    );
  });

  it('does not depend on the scale', () => {
    const scaled = (each: Detection): Detection => ({
      ...each,
      box: { x: each.box.x * 4, y: each.box.y * 4, width: each.box.width * 4, height: each.box.height * 4 },
    });
    fc.assert(
      fc.property(detections, fc.constantFrom(...phrases), (cups, phrase) => {
        const parsed = parsePhrase(phrase);
        const large = { size: { width: 4000, height: 2400 }, anchors: [scaled(dog)] };
        const after = resolvePhrase(parsed, cups.map(scaled), large).matches;
        expect(scores(after)).toEqual(scores(resolve(phrase, cups, [dog]).matches));
      }),
    );
  });

  it('does not depend on the order of the list', () => {
    const shuffled = detections.chain((cups) =>
      fc.tuple(fc.constant(cups), fc.shuffledSubarray(cups, { minLength: cups.length })),
    );
    fc.assert(
      fc.property(shuffled, fc.constantFrom(...phrases), ([cups, other], phrase) => {
        expect(resolve(phrase, other, [dog]).matches).toEqual(resolve(phrase, cups, [dog]).matches);
      }),
    );
  });

  it('parts all things between left and right, and between the ordinals', () => {
    fc.assert(
      fc.property(detections, (cups) => {
        const sides = [
          ...resolve('the cups on the left', cups).matches,
          ...resolve('the cups on the right', cups).matches,
        ];
        expect(new Set(sides)).toEqual(new Set(cups));
        const counted = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh'].flatMap(
          (word) => resolve(`the ${word} cup from the left`, cups).matches,
        );
        expect(new Set(counted)).toEqual(new Set(cups));
      }),
    );
  });

  it('answers only with what it was given, and says why where with nothing', () => {
    fc.assert(
      fc.property(detections, fc.constantFrom(...phrases), (cups, phrase) => {
        const { matches, reason } = resolve(phrase, cups, [dog]);
        for (const match of matches) expect(cups).toContain(match);
        expect(reason === undefined).toBe(matches.length > 0);
      }),
    );
  });
});

describe('what stands between, and nearer', () => {
  const men = [thing(100, 300, 100, 'man'), thing(700, 300, 100, 'man')];
  const women = [thing(380, 300, 90, 'woman'), thing(900, 320, 90, 'woman')];

  it('takes what lies between the things of one kind, and of two', () => {
    expect(resolve('the woman between the two men', women, men).matches).toEqual([women[0]]);
    expect(resolve('the woman between the man on the left and the man on the right', women, men).matches).toEqual([
      women[0],
    ]);
    expect(resolve('the woman between the two men', women, []).matches).toEqual([]);
  });

  it('takes the lower in the picture for the nearer', () => {
    const near = thing(300, 480, 100, 'man');
    expect(resolve('the man closest to the camera', [...men, near]).matches).toEqual([near]);
    expect(new Set(resolve('the men at the back', [...men, near]).matches)).toEqual(new Set(men));
  });

  it('takes what is over a thing rather than beside it', () => {
    const car = thing(500, 550, 60, 'car');
    const over = thing(490, 450, 60, 'tree');
    expect(resolve('the tree directly above the car', [over, thing(570, 460, 60, 'tree')], [car]).matches).toEqual([
      over,
    ]);
  });
});
