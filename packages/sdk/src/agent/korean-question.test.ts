import { describe, expect, it } from 'vitest';
import { mayI } from './korean-question.ts';

describe('a task as a Korean question', () => {
  it.each([
    ['컵 지우기', '컵을 지울까요?'],
    ['고양이 오려내기', '고양이를 오려낼까요?'],
    ['마지막 편집 되돌리기', '마지막 편집을 되돌릴까요?'],
    ['컵 모두 지우기', '컵 모두 지울까요?'],
    ['컵을 파란색으로 바꾸기', '컵을 파란색으로 바꿀까요?'],
    ['사진을 밝게 하기', '사진을 밝게 할까요?'],
    ['컵 투명하게 만들기', '컵 투명하게 만들까요?'],
    ['“photos/cup.png” 열기', '“photos/cup.png” 열까요?'],
    ['색 넣기', '색 넣을까요?'],
    ['컵을 지웁니다', '컵을 지웁니다: 이렇게 할까요?'],
    ['사진 속 아기', '사진 속 아기: 이렇게 할까요?'],
    ['Remove the cup', 'Remove the cup: 이렇게 할까요?'],
    ['기', '기: 이렇게 할까요?'],
  ])('%s', (task, question) => expect(mayI(task)).toBe(question));
});
