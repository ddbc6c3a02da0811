import type { AskResponse, Capability, Language, SegmentRequest, SegmentResponse } from '@atelier/sdk';
import { Mask } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import { describe, expect, it } from 'vitest';
import { photo, runInProcess } from '../detect/__fixtures__/photo.ts';
import { createDetect } from '../detect/detect.ts';
import { createAsk } from './ask.ts';
import { placeOf } from './place.ts';
import { plural } from './wording-english.ts';
import { counterFor } from './wording-korean.ts';

const detect = createDetect(runInProcess);
const capability = createAsk({ detect });
const ask = async (name: string, question: string, language: Language = 'en'): Promise<AskResponse> =>
  await capability.run({ image: await photo(name), question, language }, {});

describe('answers in English', () => {
  it.each([
    ['coffee.png', 'how many cups are there?', /^I see 1 cup \(\d\d %\)\.$/],
    ['two-cups.png', 'how many cups are there?', /^I see 2 cups \(\d\d %, \d\d %\)\.$/],
    ['chelsea.png', 'Is there a dog?', /^Yes, probably: I see a dog \(4\d %\)\.$/],
    ['chelsea.png', 'Is there an animal?', /^Yes, probably: I see an animal \(dog, 4\d %\)\.$/],
    ['chelsea.png', 'Is there a cat?', /^No, I see no cat\. I see a dog \(4\d %\)\.$/],
    [
      'astronaut.png',
      'Is there a woman?',
      /^Yes, I see a person \(6\d %\)\. I know it only as "person" and cannot tell whether "woman" fits\.$/,
    ],
    ['chelsea.png', 'what colour is the dog?', /^The dog \(4\d %\) is brown\.$/],
    ['astronaut.png', 'is the person blue?', /^No\. The person \(6\d %\) is .*orange.*\.$/],
    ['coffee.png', 'is there a blue cup?', /^No, I see no blue cup\. I see a cup/],
    [
      'coffee.png',
      'where is the cup?',
      /^The cup \(5\d %\) is in the middle, in the box x 1\d\d, y 2\d, 2\d\d x 2\d\d pixels/,
    ],
    [
      'two-cups.png',
      'where are the cups?',
      /^I see 2 cups: the left one \(47 %\) is on the left, in the box .*; the right one \(40 %\) is on the right, /,
    ],
    ['coffee.png', 'how big is the cup?', /^The cup \(5\d %\) is 2\d\d x 2\d\d pixels, a box of 2\d % of the picture/],
    [
      'astronaut.png',
      "how big is the person's face?",
      /^The face \(88 %\) is 1\d\d x 1\d\d pixels, a box of 4\.\d % of the picture/,
    ],
    ['cup-and-cat.png', 'what is in this picture?', /^I see a cup \(\d\d %\) and a dog \(\d\d %\)\.$/],
    ['rocket.jpg', 'describe the picture', /^I recognise nothing in this picture\.$/],
    [
      'two-cups.png',
      'How many cups are there and where are they?',
      /^I see 2 cups \(.*\)\. I see 2 cups: the left one/,
    ],
  ])('%s: %s', async (name, question, answer) => {
    expect((await ask(name, question)).answer).toMatch(answer);
  });
});

describe('answers in Korean', () => {
  it.each([
    ['two-cups.png', '컵이 몇 개야?', /^컵이 2개 보입니다 \(\d\d %, \d\d %\)\.$/],
    ['astronaut.png', '사람은 몇 명이야?', /^사람이 1명 보입니다/],
    ['chelsea.png', '고양이 있어?', /^아니요, 고양이가 보이지 않습니다\. 개 1마리\(4\d %\)가 보입니다\.$/],
    ['chelsea.png', '개는 무슨 색이야?', /^개\(4\d %\)는 갈색입니다\.$/],
    ['coffee.png', '컵은 어디에 있어?', /^컵\(5\d %\)은 가운데, 상자 x 1\d\d/],
    ['coffee.png', '컵 크기가 어떻게 돼?', /^컵\(5\d %\)은 2\d\d x 2\d\d 픽셀, 상자가 사진의 2\d %입니다/],
    ['two-cups.png', '사진에 뭐가 있어?', /^컵 2개\(.*보입니다\.$/],
  ])('%s: %s', async (name, question, answer) => {
    expect((await ask(name, question, 'ko')).answer).toMatch(answer);
  });

  it('speaks the language asked for, not the question’s', async () => {
    expect((await ask('coffee.png', 'how many cups are there?', 'ko')).answer).toContain('컵이 1개');
  });
});

describe('which one is meant', () => {
  it.each([
    ['two-cups.png', 'what colour is the cup on the left?', /^The cup on the left \(47 %\) is [a-z, ]+\.$/],
    ['two-cups.png', 'how big is the second cup from the right?', /^The second cup from the right \(47 %\) is 248 x /],
    ['two-cups.png', 'how big is the right cup?', /^The right cup \(40 %\) is 246 x /],
    ['two-cups.png', 'how many cups are there and where is the left one?', /\. The left cup \(47 %\) is on the left/],
    [
      'two-cups.png',
      'where are the left cup and the right cup?',
      /^The left cup .* on the left.* The right cup .* on the/,
    ],
    [
      'two-cups.png',
      'what colour is the cup?',
      /^I see 2 cups: the left one \(47 %\) is [a-z, ]+; the right one \(40 %\) is [a-z, ]+\.$/,
    ],
    [
      'two-cups.png',
      'how big is the biggest cup?',
      /^I see 2 cups that fit "biggest cup": the left one .* 248 x .*; the right one .* 246 x /,
    ],
    ['two-cups.png', 'what colour is the third cup?', /^I see no third cup\. I see 2 cups \(47 %, 40 %\)/],
    ['two-cups.png', 'where is the cup next to the dog?', /^I see no cup next to the dog\. I see 2 cups/],
    ['two-cups.png', 'how many cups are on the left?', /^I see 1 cup on the left \(47 %\)\.$/],
    ['two-cups.png', 'is there a cup in the middle?', /^No, I see no cup in the middle\. I see 2 cups/],
    [
      'big-and-small-cup.png',
      'where is the smaller cup?',
      /^The smaller cup \(41 %\) is on the right, in the box x 65\d/,
    ],
    ['big-and-small-cup.png', 'is the biggest cup blue?', /^No\. The biggest cup \(51 %\) is [a-z, ]+\.$/],
    ['coffee.png', 'how big is the cup on the right?', /^The only cup I see \(51 %\) is 2/],
    ['coffee.png', 'is there a cup on the right?', /^No, I see no cup on the right\. I see a cup \(51 %\)/],
    ['coffee.png', 'is there a second cup?', /^No, I see no second cup\. I see a cup/],
    ['cup-and-cat.png', 'is there a cup to the left of the dog?', /^Yes, probably: I see a cup to the left of the dog/],
    ['cup-and-cat.png', 'is there a cup to the right of the dog?', /^No, I see no cup to the right of the dog\./],
  ])('%s: %s', async (name, question, answer) => {
    expect((await ask(name, question)).answer).toMatch(answer);
  });

  it.each([
    ['two-cups.png', '왼쪽 컵은 무슨 색이야?', /^왼쪽 컵\(47 %\)은 .*색입니다\.$/],
    ['two-cups.png', '오른쪽에서 두 번째 컵은 얼마나 커?', /^오른쪽에서 두 번째 컵\(47 %\)은 248 x /],
    [
      'two-cups.png',
      '컵은 무슨 색이야?',
      /^컵이 2개 보입니다\. 왼쪽 것\(47 %\)은 .*색; 오른쪽 것\(40 %\)은 .*색입니다\.$/,
    ],
    ['two-cups.png', '가장 큰 컵은 얼마나 커?', /^"가장 큰 컵"에 맞는 컵이 2개 보입니다\. 왼쪽 것\(47 %\)은 248 x /],
    ['two-cups.png', '세 번째 컵은 무슨 색이야?', /^세 번째 컵이 보이지 않습니다\. 컵 2개/],
    ['two-cups.png', '왼쪽에 컵이 몇 개 있어?', /^왼쪽에 컵이 1개 보입니다 \(47 %\)\.$/],
    ['two-cups.png', '컵이 몇 개 있고 왼쪽 것은 어디에 있어?', /\. 왼쪽 컵\(47 %\)은 왼쪽, 상자/],
    ['big-and-small-cup.png', '작은 컵은 어디에 있어?', /^작은 컵\(41 %\)은 오른쪽, 상자 x 65\d/],
    ['coffee.png', '오른쪽 컵은 얼마나 커?', /^하나뿐인 컵\(51 %\)은 2/],
    ['coffee.png', '오른쪽에 컵이 있어?', /^아니요, 오른쪽에 컵이 보이지 않습니다\. 컵 1개/],
  ])('%s: %s', async (name, question, answer) => {
    expect((await ask(name, question, 'ko')).answer).toMatch(answer);
  });

  it('quotes the question where it is in another language', async () => {
    expect((await ask('two-cups.png', '왼쪽 컵은 얼마나 커?', 'en')).answer).toMatch(
      /^The cup meant by "왼쪽 컵" \(47 %\) is 248 x /,
    );
    expect((await ask('two-cups.png', 'how big is the left cup?', 'ko')).answer).toMatch(
      /^"left cup"에 맞는 컵\(47 %\)은 248 x /,
    );
  });

  it('asks the detectors for what places are told by, and knows when they do not know it', async () => {
    const image = await photo('coffee.png');
    const able = (question: string) => capability.able({ image, question, language: 'en' });
    expect(able('where is the cup next to the spoon?')).toBe(true);
    expect(able('where is the cup next to the saucer?')).toMatchObject({
      code: 'phrase-unknown',
      hint: expect.stringContaining('"saucer"'),
    });
  });
});

describe('confidence', () => {
  it('is the lowest score the answer rests on, and unknown for what was not seen', async () => {
    const { confidence } = await ask('two-cups.png', 'how many cups are there?');
    expect(confidence).toBeGreaterThan(0.35);
    expect(confidence).toBeLessThan(0.45);
    expect(await ask('coffee.png', 'is there a dog?')).not.toHaveProperty('confidence');
  });
});

describe('able', () => {
  it('knows what it can answer without looking', async () => {
    const image = await photo('coffee.png');
    const able = (question: string) => capability.able({ image, question, language: 'en' });
    expect(able('how many cups are there?')).toBe(true);
    expect(able('what is in this picture?')).toBe(true);
    expect(able('is there a saucer?')).toMatchObject({
      code: 'phrase-unknown',
      hint: expect.stringContaining('"saucer"'),
    });
    expect(able('why is the cup red?')).toMatchObject({
      code: 'capability-unavailable',
      hint: expect.stringContaining('triton'),
    });
    await expect(capability.run({ image, question: 'why?', language: 'en' }, {})).rejects.toMatchObject({
      code: 'capability-unavailable',
    });
  });
});

describe('with segmentation', () => {
  const segmentAs = (
    answer: (request: SegmentRequest) => SegmentResponse,
  ): Capability<SegmentRequest, SegmentResponse> => ({
    model: 'test',
    able: () => true,
    run: async (request) => answer(request),
  });
  const colour = async (segment: Capability<SegmentRequest, SegmentResponse>) =>
    (
      await createAsk({ detect, segment }).run(
        { image: await photo('coffee.png'), question: 'what colour is the cup?', language: 'en' },
        {},
      )
    ).answer;

  it('takes colours from the mask', async () => {
    // The front of the cup, which is red; its box's middle is coffee.
    const front = { x: 215, y: 205, width: 80, height: 35 };
    expect(await colour(segmentAs(({ image }) => ({ mask: Mask.fromBox(image, front), score: 1 })))).toMatch(
      /^The cup \(51 %\) is red/,
    );
  });

  it('takes them from the box where nothing stands out, and passes other failures on', async () => {
    const failing = (code: 'no-match' | 'backend-failed') =>
      segmentAs(() => {
        throw new AtelierError({ code, message: 'no outline' });
      });
    expect(await colour(failing('no-match'))).toBe(
      await colour(
        segmentAs(({ image }) => ({
          mask: new Mask(image.width, image.height, new Uint8Array(image.width * image.height)),
          score: 0,
        })),
      ),
    );
    await expect(colour(failing('backend-failed'))).rejects.toMatchObject({ code: 'backend-failed' });
  });
});

it('reports rising progress', async () => {
  const shares: number[] = [];
  const request = {
    image: await photo('coffee.png'),
    question: 'How many cups are there and where are they?',
    language: 'en' as const,
  };
  await capability.run(request, { progress: (share) => shares.push(share) });
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
});

it('names the ninth of the picture', () => {
  const box = (x: number, y: number) => ({ x: x - 1, y: y - 1, width: 2, height: 2 });
  const at = (x: number, y: number) => placeOf(box(x, y), { width: 90, height: 60 });
  expect([at(10, 10), at(45, 10), at(80, 10)]).toEqual(['upper left', 'top', 'upper right']);
  expect([at(10, 30), at(45, 30), at(80, 30)]).toEqual(['left', 'middle', 'right']);
  expect([at(10, 50), at(45, 50), at(80, 50)]).toEqual(['lower left', 'bottom', 'lower right']);
});

it('forms plurals and counters', () => {
  expect(
    ['cup', 'bus', 'person', 'wine glass', 'sandwich', 'scissors', 'red cup', 'knife', 'sheep'].map(plural),
  ).toEqual(['cups', 'buses', 'people', 'wine glasses', 'sandwiches', 'scissors', 'red cups', 'knives', 'sheep']);
  expect(['person', 'cat', 'car', 'book', 'cup'].map(counterFor)).toEqual(['명', '마리', '대', '권', '개']);
});
