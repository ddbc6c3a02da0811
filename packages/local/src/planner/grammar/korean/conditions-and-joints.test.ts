import { describe, expect, it } from 'vitest';
import { outline } from '../../__fixtures__/outline.ts';
import { planRequest } from '../../plan-request.ts';

type Row = readonly [request: string, outline: readonly string[]];

const conditions: readonly Row[] = [
  ['창고에 상자가 보일 경우엔 상자를 지워주세요', ['detect: 창고에 상자', 'remove: 상자']],
  ['커튼이 초록색일 때만 램프를 지워줘', ['detect: 초록색 커튼', 'remove: 램프']],
  ['커튼 색이 초록색이 아니면 초록색으로 칠해줘', ['detect: 초록색 커튼', 'adjust: 커튼 -> recolour subject']],
  ['의자가 네 개 이상인가요? 그렇다면 테이블을 지워줘', ['detect: 의자', 'remove: 테이블']],
  ['선반 위에 병이 있으면 지워줘', ['detect: 선반 위에 병', 'remove: 선반 위에 병']],
  ['새가 세 마리 넘게 있으면 하늘을 어둡게 해줘', ['detect: 새', 'adjust: 하늘 -> brighten subject']],
];
const joined: readonly Row[] = [
  ['접시 지우는 김에 포크도 지워줘', ['remove: 접시', 'remove: 포크']],
  ['커튼은 흐리게 벽은 밝게 해줘', ['adjust: 커튼 -> blur subject', 'adjust: 벽 -> brighten subject']],
  ['수박하고 참외는 지워줘', ['remove: 수박', 'remove: 참외']],
  ['책을 지우고 나서 전체적으로 어둡게 해줘', ['remove: 책', 'adjust: -> brighten everything']],
];
const corrected: readonly Row[] = [
  ['램프 지워줘 아 아니다 램프는 놔두고 액자 지워줘', ['remove: 액자']],
  ['램프 지워줘. 아니다, 액자 지워줘', ['remove: 액자']],
  ['명찰은 어둡게 말고 모자이크로 해줘', ['adjust: 명찰 -> pixelate subject']],
  ['소파를 벤치로 바꿔줘, 러그는 손대면 안 돼요', ['inpaint: 소파 -> 벤치']],
];

describe('Korean conditions, joined clauses and corrections', () => {
  it.each([...conditions, ...joined, ...corrected])('%s', (request, expected) => {
    const plan = planRequest(request);
    expect(plan.notUnderstood).toBeUndefined();
    expect(outline(plan)).toEqual(expected);
  });

  it.each([
    '다음 주에 램프 지우고 벽도 밝게 해서 뽑을 예정이에요',
    '아까 동생이 벽을 하얗게 칠해놨더라고요',
    '나중에 제가 전선 지울 거예요',
  ])('leaves alone: %s', (request) => {
    expect(planRequest(request).steps.filter(({ tool }) => tool !== 'ask_image')).toEqual([]);
  });
});
