import type { Language } from '../grammar/language.ts';
import { inKorean } from './korean-reasons.ts';
import type { EditResult } from './tool-results.ts';

/** One edit in words, without final punctuation. */
export interface Deed {
  /** What was done: "I removed the cup (cup, 45 %)". */
  readonly done: string;
  /** What a second look sees where all is well: "it is gone". */
  readonly seen: string;
  /** What it was done to: "the cup (cup, 45 %)". */
  readonly what: string;
}

/** The sentence that says what was done and what the second look found; figures only where it was not what it should be. */
export function verdict({ done, seen, what }: Deed, edit: EditResult, language: Language): string {
  const spill = spilled(edit, language);
  const { verified } = edit;
  const reason = verified?.reason.trim().replace(/[.\s]+$/, '') ?? '';
  const unchecked = /^could not be checked(?:: (?<why>[\s\S]*))?$/.exec(reason);
  const why = unchecked?.groups?.why ?? '';
  if (verified?.ok && reason === levelAlready)
    return language === 'ko'
      ? '사진은 이미 수평이 맞아서 아무것도 바꾸지 않았습니다.'
      : 'The picture is level already; nothing was changed.';
  if (verified?.ok === false && asItWas.has(reason))
    return language === 'ko' ? `아무것도 바뀌지 않았습니다: ${inKorean(reason)}.` : `Nothing changed: ${reason}.`;
  if (language === 'ko') {
    if (!verified) return `${done}. 다시 확인하지는 않았습니다.${spill}`;
    if (verified.ok) return `${done}. 다시 확인해 보니 ${seen}.${spill}`;
    if (reason === nothingChanged) return `아무것도 바뀌지 않았습니다: ${what}에서 ${inKorean(reason)}.`;
    if (unchecked) return `${done}. 하지만 확인할 수 없었습니다${why === '' ? '' : `: ${inKorean(why)}`}.${spill}`;
    return `${done}. 하지만 제대로 되었는지 확인하지 못했습니다: ${inKorean(reason)}.${spill}`;
  }
  if (!verified) return `${done}; nobody looked again.${spill}`;
  if (verified.ok) return `${done} and looked again: ${seen}.${spill}`;
  if (reason === nothingChanged) return `Nothing changed: no pixel of ${what} is different.`;
  if (unchecked) return `${done}, but it could not be checked${why === '' ? '.' : `: ${endSentence(why)}`}${spill}`;
  return `${done}, but I could not confirm it: ${endSentence(reason)}${spill}`;
}

/** What the adjustments answer where the picture was as asked before, or the edit came to nothing. */
const nothingChanged = 'no pixel changed';

/** What `straighten` answers where it found nothing to do: the picture is as asked, and nothing was done to it. */
const levelAlready = 'the picture is level already';

/** What the adjustments of the frame answer where they leave the picture as it is, and not as asked. */
const asItWas: ReadonlySet<string> = new Set([
  'no long straight lines show how far the picture leans: say by how many degrees',
  'the thing with its margin fills the picture: there is nothing to cut off',
  'a turn by 0° changes nothing',
  'the picture is too narrow to be turned',
]);

export const endSentence = (text: string): string => (/[.!?。]$/.test(text) ? text : `${text}.`);

function spilled({ changedOutsideMask = 0 }: EditResult, language: Language): string {
  if (changedOutsideMask === 0) return '';
  return language === 'ko'
    ? ` 선택한 부분 밖에서도 픽셀 ${changedOutsideMask}개가 바뀌었습니다.`
    : ` ${changedOutsideMask} pixels outside the selection changed as well.`;
}
