import { describe, expect, it } from 'vitest';
import { outline } from '../__fixtures__/outline.ts';
import { planRequest } from '../plan-request.ts';

const requests: readonly (readonly [request: string, outline: readonly string[]])[] = [
  ['컵을 지워줘', ['remove: 컵']],
  ['컵 지워줘', ['remove: 컵']],
  ['컵 좀 지워 주세요', ['remove: 컵']],
  ['왼쪽 컵을 제거해줘', ['remove: 왼쪽 컵']],
  ['왼쪽에 있는 빨간 컵을 없애줘', ['remove: 왼쪽에 있는 빨간 컵']],
  ['컵 삭제', ['remove: 컵']],
  ['컵을 삭제해 주세요.', ['remove: 컵']],
  ['컵 삭제 부탁해', ['remove: 컵']],
  ['컵을 지워줄래?', ['remove: 컵']],
  ['컵을 지워줄 수 있어?', ['remove: 컵']],
  ['컵을 지울 수 있어?', ['remove: 컵']],
  ['혹시 컵을 좀 지워주실래요?', ['remove: 컵']],
  ['사진에서 컵을 지워줘', ['remove: 컵']],
  ['컵과 숟가락을 지워줘', ['remove: 컵', 'remove: 숟가락']],
  ['컵이랑 숟가락 지워줘', ['remove: 컵', 'remove: 숟가락']],
  ['컵, 숟가락, 접시를 지워줘', ['remove: 컵', 'remove: 숟가락', 'remove: 접시']],
  ['사과와 바나나를 지워줘', ['remove: 사과', 'remove: 바나나']],
  ['모든 컵을 지워줘', ['remove: 모든 컵']],
  ['마을을 지워줘', ['remove: 마을']],
  ['컵과 접시 사이의 숟가락을 지워줘', ['remove: 컵과 접시 사이의 숟가락']],
  ['제일 큰 컵을 빼줘', ['remove: 제일 큰 컵']],
  ['사람을 사라지게 해줘', ['remove: 사람']],
  ['컵을 고양이로 바꿔줘', ['inpaint: 컵 -> 고양이']],
  ['컵을 고양이로 교체해 주세요', ['inpaint: 컵 -> 고양이']],
  ['왼쪽 컵을 꽃병으로 바꿔줘', ['inpaint: 왼쪽 컵 -> 꽃병']],
  ['컵 대신 고양이를 넣어줘', ['inpaint: 컵 -> 고양이']],
  ['컵을 물로 바꿔줘', ['inpaint: 컵 -> 물']],
  ['컵과 숟가락을 고양이로 바꿔줘', ['inpaint: 컵 -> 고양이', 'inpaint: 숟가락 -> 고양이']],
  ['컵을 파란색으로 바꿔줘', ['adjust: 컵 -> recolour subject']],
  ['컵을 파랗게 바꿔줘', ['adjust: 컵 -> recolour subject']],
  ['컵을 빨갛게 칠해줘', ['adjust: 컵 -> recolour subject']],
  ['배경을 흐리게 해줘', ['adjust: the subject -> blur background']],
  ['배경을 흰색으로 바꿔줘', ['adjust: the subject -> fill background']],
  ['배경을 지워줘', ['adjust: the subject -> clear background']],
  ['사진을 밝게 해줘', ['adjust: -> brighten everything']],
  ['얼굴을 모자이크 처리해줘', ['adjust: 얼굴 -> pixelate subject']],
  ['고양이 그림을 그려줘', ['generate: 고양이']],
  ['고양이 그림 생성해줘', ['generate: 고양이']],
  ['고양이를 그려줘', ['generate: 고양이']],
  ['바닷가에 있는 집 사진을 만들어줘', ['generate: 바닷가에 있는 집']],
  ['컵이 몇 개 있어?', ['ask: 컵이 몇 개 있어?']],
  ['컵이 몇 개 있나요', ['ask: 컵이 몇 개 있나요']],
  ['컵은 무슨 색이야?', ['ask: 컵은 무슨 색이야?']],
  ['이 사진에 뭐가 있어?', ['ask: 이 사진에 뭐가 있어?']],
  ['컵이 어디에 있는지 알려줘', ['ask: 컵이 어디에 있는지 알려줘']],
  ['사진을 설명해줘', ['ask: 사진을 설명해줘']],
  ['컵이 있어?', ['ask: 컵이 있어?']],
  ['컵이 파란색이야?', ['ask: 컵이 파란색이야?']],
  ['컵 찾아줘', ['detect: 컵']],
  ['컵을 찾아주세요', ['detect: 컵']],
  ['빨간 컵 어디 있는지 찾아줘', ['detect: 빨간 컵']],
  ['컵과 숟가락을 찾아줘', ['detect: 컵 | 숟가락']],
  ['컵을 보여줘', ['detect: 컵']],
  ['모든 물체를 찾아줘', ['detect:']],
  ['컵을 잘라줘', ['segment: 컵']],
  ['컵을 오려줘', ['segment: 컵']],
  ['고양이를 선택해줘', ['segment: 고양이']],
  ['컵 누끼 따줘', ['segment: 컵']],
  ['배경 누끼 따줘', ['adjust: the subject -> clear background']],
  ['되돌려줘', ['undo:']],
  ['취소해줘', ['undo:']],
  ['방금 한 거 취소해줘', ['undo:']],
  ['원래대로 되돌려줘', ['undo:']],
  ['실행 취소', ['undo:']],
  ['photos/two-cups.png 열어줘', ['load: photos/two-cups.png']],
  ['사진 photos/two-cups.png를 불러와줘', ['load: photos/two-cups.png']],
  ['컵을 지우고 배경을 흐리게 해줘', ['remove: 컵', 'adjust: the subject -> blur background']],
  ['컵을 지우고 숟가락을 고양이로 바꿔줘', ['remove: 컵', 'inpaint: 숟가락 -> 고양이']],
  ['컵을 지운 다음 숟가락을 찾아줘', ['remove: 컵', 'detect: 숟가락']],
  ['컵을 지운 다음에 되돌려줘', ['remove: 컵', 'undo:']],
  ['컵을 지워줘 그리고 숟가락도 지워줘', ['remove: 컵', 'remove: 숟가락']],
  ['컵을 지워줘. 그리고 몇 개 남았는지 알려줘', ['remove: 컵', 'ask: 몇 개 남았는지 알려줘']],
  ['컵을 찾아서 지워줘', ['detect: 컵', 'remove: 컵']],
  ['컵을 찾고 그것을 파랗게 바꿔줘', ['detect: 컵', 'adjust: 컵 -> recolour subject']],
  ['컵을 찾고 파랗게 바꿔줘', ['detect: 컵', 'adjust: 컵 -> recolour subject']],
  ['컵을 파랗게 바꾸고 숟가락을 지워줘', ['adjust: 컵 -> recolour subject', 'remove: 숟가락']],
  [
    '왼쪽 컵은 파랗게, 오른쪽 컵은 빨갛게 바꿔줘',
    ['adjust: 왼쪽 컵 -> recolour subject', 'adjust: 오른쪽 컵 -> recolour subject'],
  ],
  ['컵을 고양이로, 접시를 개로 바꿔줘', ['inpaint: 컵 -> 고양이', 'inpaint: 접시 -> 개']],
  ['컵을 흐리게 하고 숟가락을 지워줘', ['adjust: 컵 -> blur subject', 'remove: 숟가락']],
  ['컵을 제거하고 고양이를 찾아줘', ['remove: 컵', 'detect: 고양이']],
  ['냉장고를 지워줘', ['remove: 냉장고']],
  ['광고 지우고 로고도 지워줘', ['remove: 광고', 'remove: 로고']],
  ['컵하고 접시 지워줘', ['remove: 컵', 'remove: 접시']],
  ['컵 빼고 다 흐리게 해줘', ['adjust: 컵 -> blur background']],
  ['날씨가 어때?', ['ask: 날씨가 어때?']],
  ['cup을 지워줘', ['remove: cup']],
  ['빨간 cup 지워줘', ['remove: 빨간 cup']],
  ['컵을 지우고 나서 몇 개 남았는지 알려줘', ['remove: 컵', 'ask: 몇 개 남았는지 알려줘']],
  ['컵을 지우세요', ['remove: 컵']],
  ['컵을 지우자', ['remove: 컵']],
  ['고양이를 강아지로 변경해줘', ['inpaint: 고양이 -> 강아지']],
  ['컵을 고양이로 바꾸고 그걸 파랗게 칠해줘', ['inpaint: 컵 -> 고양이', 'adjust: 고양이 -> recolour subject']],
  ['컵을 지우고 싶어', ['remove: 컵']],
  ['컵을 없애주면 좋겠어', ['remove: 컵']],
  ['컵만 지워줘', ['remove: 컵']],
  [
    'photos/two-cups.png 열고 컵을 지운 다음 몇 개 남았는지 알려줘',
    ['load: photos/two-cups.png', 'remove: 컵', 'ask: 몇 개 남았는지 알려줘'],
  ],
];

const senseless: readonly string[] = ['그거 지워줘', '컵', '안녕', '사진을 돌려줘'];

describe('Korean requests', () => {
  it.each(requests)('%s', (request, expected) => {
    const plan = planRequest(request);
    expect(plan.language).toBe('ko');
    expect(plan.notUnderstood).toBeUndefined();
    expect(outline(plan)).toEqual(expected);
  });

  it.each(senseless)('does not understand: %s', (request) => {
    const plan = planRequest(request);
    expect(plan.steps).toEqual([]);
    expect(plan.notUnderstood).toBe(request);
  });
});
