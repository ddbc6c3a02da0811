import type { Language } from '../grammar/language.ts';
import type { EditResult } from './tool-results.ts';

/** The sentence that says what was done and what the second look found; `seen` says it in words where it was fine. */
export function verdict(done: string, seen: string, edit: EditResult, language: Language): string {
  const spill = spilled(edit, language);
  if (language === 'ko') {
    if (edit.verified === undefined) return `${done}. 다시 확인하지는 않았습니다.${spill}`;
    return edit.verified.ok
      ? `${done}. 다시 확인해 보니 ${seen}.${spill}`
      : `${done}. 하지만 제대로 되었는지 확인하지 못했습니다: ${endSentence(edit.verified.reason)}${spill}`;
  }
  if (edit.verified === undefined) return `${done}; nobody looked again.${spill}`;
  return edit.verified.ok
    ? `${done} and looked again: ${seen}.${spill}`
    : `${done}, but I could not confirm it: ${endSentence(edit.verified.reason)}${spill}`;
}

export const endSentence = (text: string): string => (/[.!?。]$/.test(text) ? text : `${text}.`);

function spilled({ changedOutsideMask = 0 }: EditResult, language: Language): string {
  if (changedOutsideMask === 0) return '';
  return language === 'ko'
    ? ` 선택한 부분 밖에서도 픽셀 ${changedOutsideMask}개가 바뀌었습니다.`
    : ` ${changedOutsideMask} pixels outside the selection changed as well.`;
}
