import { describe, expect, it } from 'vitest';
import { outline } from '../../__fixtures__/outline.ts';
import { planRequest } from '../../plan-request.ts';

type Row = readonly [request: string, outline: readonly string[]];

const spoken: readonly Row[] = [
  ['우리 딸래미 옆에 모르는 사람 찍혔는데 자연스럽게 없애줄 수 있을까요', ['remove: 딸래미 옆에 모르는 사람']],
  ['여기 아래쪽에 전봇대 보기 싫은데 없애버려', ['remove: 아래쪽에 전봇대']],
  ['간판에 전화번호 나오면 안 되니까 가려줘요', ['adjust: 전화번호 -> pixelate subject']],
  ['오른쪽 끝에 잘린 자전거 거슬림. 삭제', ['remove: 오른쪽 끝에 잘린 자전거']],
  ['이 소파 색 너무 별로야 베이지톤으로 바꿔봐', ['adjust: 이 소파 -> recolour subject']],
  ['애가 빨간 풍선 들고 있는데 그거 노란색으로 바꿔줄 수 있어?', ['adjust: 빨간 풍선 -> recolour subject']],
  ['하늘이 너무 밋밋해요 파란색으로 바꿀 수 있나요', ['adjust: 하늘 -> recolour subject']],
  ['의자 다리 긁힌 자국 없애줘요 중고로 팔 거거든요', ['remove: 의자 다리 긁힌 자국']],
  ['접시는 손잡이만 파랗게 칠해삐라', ['adjust: 접시 손잡이 -> recolour subject']],
  ['사진 너무 칙칙하다ㅠ 밝게 가능?', ['adjust: -> brighten everything']],
  ['누나 뒤에 쓰레기통이 있는데 화분으로 바꿔주면 좋겠어', ['inpaint: 누나 뒤에 쓰레기통 -> 화분']],
  ['촛불은 그대로 두고 나머지만 어둡게', ['adjust: 촛불 -> brighten background']],
  ['인물은 살리고 뒤만 날려주세요', ['adjust: 인물 -> clear background']],
  ['제일 왼쪽에 있는 병 라벨만 가려줘, 나머지는 그냥 두고', ['adjust: 제일 왼쪽에 있는 병 라벨 -> pixelate subject']],
  ['모자 달린거 말고 빨간가방 지워줭', ['remove: 빨간 가방']],
  ['지나가는 사람들 다 빼고 풍경만 남겨줘', ['remove: 지나가는 사람들']],
  ['의자 전부 없애줘', ['remove: 모든 의자']],
];

/** Half a request is a wrong one. */
const senseless: readonly string[] = [
  '컵을 지우지 마',
  '컵은 돌려줄래 말고 회전시켜줘',
  '컵 지우고 저거 회전시켜줘',
  '얼굴은 건드리지 마세요',
];

describe('Korean as it is spoken', () => {
  it.each(spoken)('%s', (request, expected) => {
    const plan = planRequest(request);
    expect(plan.notUnderstood).toBeUndefined();
    expect(outline(plan)).toEqual(expected);
  });

  it.each(senseless)('stops at: %s', (request) => {
    expect(planRequest(request).steps).toEqual([]);
  });
});
