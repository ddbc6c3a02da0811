import { describe, expect, it } from 'vitest';
import { outline } from '../__fixtures__/outline.ts';
import { planRequest } from '../plan-request.ts';

type Row = readonly [request: string, outline: readonly string[]];

const english: readonly Row[] = [
  ['The lamppost needs to go', ['remove: The lamppost']],
  ['Can we lose the bin in the corner?', ['remove: the bin in the corner']],
  ['I want the wires gone and the sky a deep blue', ['remove: the wires', 'adjust: the sky -> recolour subject']],
  ['the sofa should be dark green, thanks ever so much', ['adjust: the sofa -> recolour subject']],
  ['could the curtains be yellow', ['adjust: the curtains -> recolour subject']],
  ['1) sofa forest green 2) lamp gone', ['adjust: sofa -> recolour subject', 'remove: lamp']],
  ["I'd like the front door in emerald green", ['adjust: the front door -> recolour subject']],
  ['everything apart from the cat in black and white please', ['adjust: the cat -> desaturate background']],
  ['drain the colour out of the wall', ['adjust: the wall -> desaturate subject']],
  ['keep only the red coat in colour', ['adjust: the red coat -> desaturate background']],
  ['put a thick red outline around the dog', ['adjust: the dog -> outline subject']],
  ['pop a thin white line round the lamp', ['adjust: the lamp -> outline subject']],
  ['crop in tight on the handbag', ['adjust: the handbag -> crop subject']],
  ['trim the picture down to the two dogs', ['adjust: the two dogs -> crop subject']],
  ['the horizon is crooked, sort it out', ['adjust: -> straighten everything']],
  ['the photo came out crooked', ['adjust: -> straighten everything']],
  [
    'crisp up the watch and give the strap a bit more light',
    ['adjust: the watch -> sharpen subject', 'adjust: the strap -> brighten subject'],
  ],
  ['The sky is too bright, tone it down', ['adjust: The sky -> brighten subject']],
  ['the name badge has to be made unreadable', ['adjust: the name badge -> pixelate subject']],
  ['pop the shoe on a plain white background', ['adjust: the shoe -> fill background']],
  ['That bin has been bugging me for years, take it away', ['remove: That bin']],
  ['the vase on the left - could it be a teapot instead?', ['inpaint: the vase on the left -> a teapot']],
  ["don't touch the dog, just brighten the background", ['adjust: the subject -> brighten background']],
  ['turn the green mug purple and leave the others alone', ['adjust: the green mug -> recolour subject']],
  ['make everything grey but keep the bus red', ['adjust: the bus -> fill background']],
  ['Selling my bike. Blur the background, it is for an advert', ['adjust: the subject -> blur background']],
  ["My eyes aren't what they were, dear. Is the cat on the sofa?", ['ask: Is the cat on the sofa?']],
  ['undo the last two', ['undo:', 'undo:']],
  ['go back to the original please', ['undo:']],
  ['remove the cup, then go back a step', ['remove: the cup', 'undo:']],
  ['blur the face. A bit more.', ['adjust: the face -> blur subject', 'adjust: the face -> blur subject']],
  [
    'make the tulip pink, and the other one as well',
    ['adjust: the tulip -> recolour subject', 'adjust: the other tulip -> recolour subject'],
  ],
];

const korean: readonly Row[] = [
  ['간판은 못 읽게 뿌옇게 하고 자전거는 빼줘', ['adjust: 간판 -> blur subject', 'remove: 자전거']],
  ['의자 빨강, 화분 노랑', ['adjust: 의자 -> recolour subject', 'adjust: 화분 -> recolour subject']],
  [
    '컵 지우고 배경 흐리게 하고 접시는 초록색으로',
    ['remove: 컵', 'adjust: the subject -> blur background', 'adjust: 접시 -> recolour subject'],
  ],
  ['집은 흑백으로', ['adjust: 집 -> desaturate subject']],
  ['빨간 우산만 컬러로 남기고 나머지는 흑백으로 해줘', ['adjust: 빨간 우산 -> desaturate background']],
  ['건물 말고 나머지 살짝 어둡게', ['adjust: 건물 -> brighten background']],
  ['소파만 빼고 다 흐리게 해 주세요', ['adjust: 소파 -> blur background']],
  ['인형 둘레에 하얀 테두리 둘러줘', ['adjust: 인형 -> outline subject']],
  ['트럭에 테두리 그려줘 노란색으로', ['adjust: 트럭 -> outline subject']],
  ['제일 작은 강아지한테 맞춰서 사진 잘라 주세요', ['adjust: 제일 작은 강아지 -> crop subject']],
  ['사진이 삐딱하네 바로잡아줘', ['adjust: -> straighten everything']],
  ['사진이 너무 어두워', ['adjust: -> brighten everything']],
  ['간판 좀 또렷하게 해보소', ['adjust: 간판 -> sharpen subject']],
  ['인형만 오려서 배경 없는 걸로 만들어줘', ['adjust: 인형 -> clear background']],
  ['할머니 댁 사진인데 전깃줄 좀 없애줘', ['remove: 전깃줄']],
  ['자전거가 걸리적거리네 그것 좀 지워 주세요', ['remove: 자전거']],
  ['하늘은 건드리지 말고 나무만 밝게 해줘', ['adjust: 나무 -> brighten subject']],
  ['컵은 그대로 두고 접시만 지워줘', ['remove: 접시']],
  ['지우진 말고, 간판에 뭐라고 써 있는지 알려줘', ['ask: 간판에 뭐라고 써 있는지 알려줘']],
  ['초 세 개 중에 가운데 것만 밝게 해줘', ['adjust: 가운데 초 -> brighten subject']],
  ['까만 고양이 말고 하얀 애를 밝게 해 주세요', ['adjust: 하얀 고양이 -> brighten subject']],
  ['케이크 찾아서 이걸 중심으로 크롭', ['detect: 케이크', 'adjust: 케이크 -> crop subject']],
  ['음... 전부 취소하고 처음 사진으로 돌려 주세요', ['undo:', 'undo:']],
  ['두 번 되돌려', ['undo:', 'undo:']],
  ['나무 지워줘. 벤치도.', ['remove: 나무', 'remove: 벤치']],
];

const senseless: readonly string[] = [
  'remove the cup and rotate the picture',
  'flip it and remove the dog',
  'remove the cup, it is ugly, and add a flower',
  'thanks, that is lovely',
  'my daughter loves cats',
  'if so remove it',
  '컵 지우고 사진 회전해줘',
  '강아지한테 모자 씌워줘',
  '고마워요 너무 예뻐요',
  '있으면 지워줘',
];

describe('wordings', () => {
  it.each([...english, ...korean])('%s', (request, expected) => {
    const plan = planRequest(request);
    expect(plan.notUnderstood).toBeUndefined();
    expect(outline(plan)).toEqual(expected);
  });

  it.each(senseless)('stops at: %s', (request) => {
    expect(planRequest(request).steps).toEqual([]);
  });
});
