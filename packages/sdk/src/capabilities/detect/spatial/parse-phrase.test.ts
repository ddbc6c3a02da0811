import { describe, expect, it } from 'vitest';
import { AtelierError } from '../../../errors/atelier-error.ts';
import { anchorsIn } from './anchors-in.ts';
import { anchorPhrases, parsePhrase } from './parse-phrase.ts';
import type { ParsedPhrase, SpatialSelector } from './parsed-phrase.ts';

function selectorText(selector: SpatialSelector): string {
  switch (selector.kind) {
    case 'side':
      return selector.sides.join('-');
    case 'ordinal':
      return `${selector.index} from ${selector.from}`;
    case 'middle':
      return 'middle';
    case 'size':
      return [selector.index, selector.order, ...(selector.by ? ['by', selector.by] : [])].join(' ');
    case 'ends':
      return 'ends';
    case 'depth':
      return selector.order;
    case 'between':
      return `between (${anchorsIn(selector).map(shown).join(') and (')})`;
    case 'distance':
      return `${selector.order} (${shown(selector.anchor)})`;
    case 'relation':
      return `${selector.side} of (${shown(selector.anchor)})`;
    case 'except':
      return `not (${shown(selector.anchor)})`;
  }
}

/** `noun | selectors`, with a star where all are meant. */
const shown = ({ noun, all, selectors }: ParsedPhrase): string =>
  [`${noun}${all ? '*' : ''}`, ...selectors.map(selectorText)].join(' | ');

describe('parsePhrase in English', () => {
  it.each([
    ['the cup', 'cup'],
    ['one cup', 'cup'],
    ['just one red cup', 'red cup'],
    ['one of the cups', 'cup'],
    ['either cup', 'cup'],
    ['either of the two cups', 'cup'],
    ['one of the cups on the left', 'cup | left'],
    ['any cups', 'cup*'],
    ['one on the left', ' | left'],
    ['all the mugs except the red one', 'mug* | not (red mug)'],
    ['all faces but the left one', 'face* | not ( | left)'],
    ['both outer cups', 'cup* | ends'],
    ['the cups at either end', 'cup* | ends'],
    ['the cup on the end on the right', 'cup | 1 from right'],
    ['the first two cups', 'cup* | 1 from left'],
    ['the last three cups', 'cup* | -1 from left'],
    ['the two cups on the right', 'cup* | right'],
    ['every cup except the two on the left', 'cup* | not (* | left)'],
    ['the second to last cup', 'cup | -2 from left'],
    ["the cup that's second from the left", 'cup | 2 from left'],
    ['2nd cup from right', 'cup | 2 from right'],
    ['the third cup along', 'cup | 3 from left'],
    ['the fourth cup counting from the left', 'cup | 4 from left'],
    ['the right-hand one of the cups', 'cup | right'],
    ['the shortest of the trees', 'tree | 1 smallest by height'],
    ['the two biggest of the dogs', 'dog* | 1 largest'],
    ['the second tallest bottle', 'bottle | 2 largest by height'],
    ['the widest window', 'window | 1 largest by width'],
    ["the dog that's biggest", 'dog | 1 largest'],
    ['the car which is the smallest of all', 'car | 1 smallest'],
    ["the cup that's small and red", 'red cup | 1 smallest'],
    ['the cars that are red', 'red car*'],
    ["the cup on the left that's red", 'red cup | left'],
    ["the cup next to the plate that's red", 'cup | nearest (red plate)'],
    ["the lamp that's highest up", 'lamp | 1 from top'],
    ['the bird furthest to the right', 'bird | 1 from right'],
    ["the bird that's furthest down", 'bird | 1 from bottom'],
    ["the man that's taller than the boy", "man that's taller than the boy"],
    ['the lowest shelf', 'shelf | 1 from bottom'],
    ['the person closest to the camera', 'person | front'],
    ['the people at the back', 'person* | back'],
    ['the cup between the red one and the plate', 'cup | between (red cup) and (plate)'],
    ['the woman between the two men', 'woman | between (man*)'],
    ['the tree directly above the car', 'tree | top of (car)'],
    ['the cup immediately right of the plate', 'cup | right of (plate)'],
    ['the bottle all the way on the right', 'bottle | right'],
    ['his scarf', 'scarf'],
    ['A Red Cup.', 'red cup'],
    ['the cat on the left', 'cat | left'],
    ['left cup', 'cup | left'],
    ['the left-hand cup', 'cup | left'],
    ['the cup on the right side of the picture', 'cup | right'],
    ['red mug on the far right', 'red mug | right'],
    ['the girl who is standing on the right', 'girl | right'],
    ['leftmost cup', 'cup | 1 from left'],
    ['the rightmost red cup', 'red cup | 1 from right'],
    ['the second cup from the right', 'cup | 2 from right'],
    ['cup second from the left', 'cup | 2 from left'],
    ['the 3rd person from the left', 'person | 3 from left'],
    ['the last car', 'car | -1 from left'],
    ['the third one', ' | 3 from left'],
    ['second-biggest dog', 'dog | 2 largest'],
    ['second largest cup', 'cup | 2 largest'],
    ['the biggest dog', 'dog | 1 largest'],
    ['the smaller cup', 'cup | 1 smallest'],
    ['the big red truck', 'red truck | 1 largest'],
    ['the cup in the middle', 'cup | middle'],
    ['the middle one', ' | middle'],
    ['the top-left car', 'car | top-left'],
    ['the cup in the bottom right corner', 'cup | bottom-right'],
    ['the biggest cup on the left', 'cup | left | 1 largest'],
    ['the person nearest to the dog', 'person | nearest (dog)'],
    ['person closest to the dog', 'person | nearest (dog)'],
    ['the closest person to the dog', 'person | nearest (dog)'],
    ['the cup next to the cat', 'cup | nearest (cat)'],
    ['the one farthest from the dog', ' | farthest (dog)'],
    ['the cup to the left of the dog', 'cup | left of (dog)'],
    ['the cup under the table', 'cup | bottom of (table)'],
    ['the cup next to the biggest cat on the left', 'cup | nearest (cat | left | 1 largest)'],
    ['all cups', 'cup*'],
    ['all of the cups', 'cup*'],
    ['both cups', 'cup*'],
    ['every person', 'person*'],
    ['the people', 'person*'],
    ['the two cups', 'cup*'],
    ['the cups on the left', 'cup* | left'],
    ['the buses', 'bus*'],
    ['the knives', 'knife*'],
    ['the left', ' | left'],
    ['the one on the left', ' | left'],
  ])('reads "%s"', (phrase, expected) => expect(shown(parsePhrase(phrase))).toBe(expected));

  it.each([
    'left-handed glove',
    'leftovers',
    "person's face",
    'top hat',
    'sunglasses',
    'bus',
    'glass',
    'scissors',
    'coffee table',
    'copyright sign',
    'bright lamp',
    'laptop',
  ])('does not touch "%s"', (noun) => expect(shown(parsePhrase(`the ${noun}`))).toBe(noun));
});

describe('parsePhrase in Korean', () => {
  it.each([
    ['컵 하나', '컵'],
    ['컵 한 개', '컵'],
    ['컵들 중 하나', '컵'],
    ['컵 중', '컵'],
    ['두 컵 중에 아무거나', '컵'],
    ['왼쪽 컵 하나', '컵 | left'],
    ['컵', '컵'],
    ['빨간 컵', '빨간 컵'],
    ['왼쪽 컵', '컵 | left'],
    ['왼쪽에 있는 빨간 컵', '빨간 컵 | left'],
    ['사진 왼쪽에 있는 고양이', '고양이 | left'],
    ['왼쪽', ' | left'],
    ['왼쪽 것', ' | left'],
    ['아래쪽 컵', '컵 | bottom'],
    ['맨 위 컵', '컵 | 1 from top'],
    ['맨 위의 컵', '컵 | 1 from top'],
    ['제일 오른쪽에 있는 사람', '사람 | 1 from right'],
    ['오른쪽에서 두 번째 컵', '컵 | 2 from right'],
    ['왼쪽에서 3번째 사람', '사람 | 3 from left'],
    ['세 번째 사람', '사람 | 3 from left'],
    ['마지막 컵', '컵 | -1 from left'],
    ['오른쪽 아래 자동차', '자동차 | bottom-right'],
    ['왼쪽 위에 있는 컵', '컵 | top-left'],
    ['가장 큰 개', '개 | 1 largest'],
    ['더 작은 컵', '컵 | 1 smallest'],
    ['두 번째로 큰 컵', '컵 | 2 largest'],
    ['가운데 컵', '컵 | middle'],
    ['강아지 옆의 컵', '컵 | nearest (강아지)'],
    ['고양이 옆에 있는 작은 컵', '컵 | nearest (고양이) | 1 smallest'],
    ['개에게 가장 가까운 사람', '사람 | nearest (개)'],
    ['컵에서 가장 먼 숟가락', '숟가락 | farthest (컵)'],
    ['강아지 왼쪽에 있는 컵', '컵 | left of (강아지)'],
    ['의자 위에 있는 고양이', '고양이 | top of (의자)'],
    ['모든 컵', '컵*'],
    ['컵들', '컵*'],
    ['컵 모두', '컵*'],
    ['두 컵', '컵*'],
    ['왼쪽 사람의 얼굴', '사람의 얼굴 | left'],
  ])('reads "%s"', (phrase, expected) => expect(shown(parsePhrase(phrase))).toBe(expected));

  it.each(['아들', '사람의 얼굴', '위성', '가위', '아래층', '개', '큰아들', '왼손잡이 장갑'])(
    'does not touch "%s"',
    (noun) => expect(shown(parsePhrase(noun))).toBe(noun),
  );
});

describe('parsePhrase', () => {
  it('tells the language', () => {
    expect(parsePhrase('left cup').language).toBe('en');
    expect(parsePhrase('왼쪽 컵').language).toBe('ko');
  });

  it.each(['', '   ', '...', 'cup '.repeat(200)])('refuses %j', (phrase) => {
    let code: string | undefined;
    try {
      parsePhrase(phrase);
    } catch (error) {
      if (AtelierError.isInstance(error)) code = error.code;
    }
    expect(code).toBe('invalid-input');
  });

  it('answers quickly to long and odd phrases', () => {
    const start = performance.now();
    for (const phrase of [
      'on the left of '.repeat(30),
      'left '.repeat(99),
      '왼쪽 '.repeat(160),
      'next to the cup '.repeat(30),
    ]) {
      parsePhrase(phrase);
    }
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('anchorPhrases', () => {
  it.each([
    ['the cup', []],
    ['the cup next to the cat', ['cat']],
    ['the cup next to the cat on the left', ['cat']],
    ['the cup next to the cat near the dog', ['cat', 'dog']],
    ['강아지 옆의 컵', ['강아지']],
  ])('of "%s"', (phrase, expected) => {
    expect([...anchorPhrases(parsePhrase(phrase))].sort()).toEqual([...expected].sort());
  });
});
