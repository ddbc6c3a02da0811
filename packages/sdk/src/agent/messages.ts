import type { Language } from '../capabilities/ask/contract.ts';
import type { ToolName } from '../tools/schemas.ts';
import type { Stage } from './events.ts';
import { stageOfTool } from './progress.ts';

/** What people read while a run works. */
export const stageMessages: Readonly<Record<Language, Readonly<Record<Stage | 'queued', string>>>> = {
  en: {
    queued: 'Waiting to start...',
    plan: 'Planning...',
    ask: 'Looking at the picture...',
    detect: 'Finding things...',
    segment: 'Cutting out...',
    remove: 'Editing the picture...',
    inpaint: 'Editing the picture...',
    generate: 'Painting a picture...',
    adjust: 'Editing the picture...',
    verify: 'Checking the result...',
    answer: 'Done.',
  },
  ko: {
    queued: '대기 중...',
    plan: '계획 세우는 중...',
    ask: '사진 살펴보는 중...',
    detect: '객체 찾는 중...',
    segment: '객체 오려내는 중...',
    remove: '이미지 편집 중...',
    inpaint: '이미지 편집 중...',
    generate: '이미지 그리는 중...',
    adjust: '이미지 편집 중...',
    verify: '결과 확인 중...',
    answer: '완료했습니다.',
  },
};

/** What the tools without a stage of their own say when they start. */
const toolMessages: Readonly<Record<Language, Readonly<Partial<Record<ToolName, string>>>>> = {
  en: { load_image: 'Loading the picture...', undo_edit: 'Going back...' },
  ko: { load_image: '사진 불러오는 중...', undo_edit: '되돌리는 중...' },
};

/** What is said when a tool starts; undefined where its stage says it. */
export const startMessage = (language: Language, tool: ToolName): string | undefined => toolMessages[language][tool];

/** What people read while a tool works: "Finding things...". */
export const toolMessage = (language: Language, tool: ToolName): string =>
  startMessage(language, tool) ?? stageMessages[language][stageOfTool[tool]];

/** What people read while the result of an edit is looked at again. */
export const verifyMessage = (language: Language): string => stageMessages[language].verify;

export interface QuestionWords {
  readonly reason: 'ambiguous' | 'no-match';
  readonly phrase: string;
  readonly candidates: readonly { readonly number: number; readonly label: string; readonly score: number }[];
}

/** A sentence with more candidates is read by nobody; the picture and the list have them all. */
const mostSaid = 12;

/** "Which one?", or "I see a dog, 47 %. That one?" */
export function questionMessage(language: Language, { reason, phrase, candidates }: QuestionWords): string {
  const said = candidates
    .slice(0, mostSaid)
    .map(({ number, label, score }) => `${number}: ${label}, ${Math.round(score * 100)} %`);
  const seen = [...said, ...(candidates.length > mostSaid ? ['...'] : [])].join('; ');
  const [only] = candidates;
  if (language === 'ko') {
    if (reason === 'ambiguous') return `"${phrase}": ${candidates.length}개가 있습니다. 어느 것인가요? (${seen})`;
    if (candidates.length === 1)
      return `"${phrase}"은(는) 보이지 않습니다. ${only.label}(${Math.round(only.score * 100)} %)이(가) 보입니다. 이것인가요?`;
    return `"${phrase}"은(는) 보이지 않습니다. 이 중 하나인가요? (${seen})`;
  }
  if (reason === 'ambiguous') return `I see ${candidates.length} that could be "${phrase}". Which one? (${seen})`;
  if (candidates.length === 1) {
    return `I do not see "${phrase}". I see a ${only.label}, ${Math.round(only.score * 100)} %. That one?`;
  }
  return `I do not see "${phrase}". I see: ${seen}. One of these?`;
}
