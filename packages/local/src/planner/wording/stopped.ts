import type { ToolOutcome } from '../conversation/tool-output.ts';
import type { Language } from '../grammar/language.ts';
import type { PlannedStep } from '../step.ts';
import { tried } from './gerund.ts';
import { inKorean } from './korean-reasons.ts';
import { withParticle } from './particles.ts';
import { percent, shownLabel } from './recognised.ts';
import type { ChoiceResult } from './tool-results.ts';
import { endSentence } from './verdict.ts';

type Failure = Extract<ToolOutcome, { ok: false }>;

const why = ({ message, hint }: Failure, language: Language): string =>
  [message, ...(hint === undefined ? [] : [hint])]
    .map((words) => endSentence(language === 'ko' ? inKorean(words) : words))
    .join(' ');

/** Says what could not be done (the last step of what was asked for) and why, by the tool's own message and hint. */
export function failed(step: PlannedStep, failure: Failure, language: Language): string {
  if (failure.denied) {
    const reason = failure.message === '' ? '' : ` ${endSentence(failure.message)}`;
    return language === 'ko'
      ? `허락되지 않아서 “${step.message}” 단계에서 멈췄습니다.${reason === '' ? '' : ` 이유: “${failure.message}”.`}`
      : `I stopped at “${step.message}”: it was not allowed.${reason}`;
  }
  return language === 'ko'
    ? `“${step.message}” 작업에 실패했습니다: ${why(failure, language)}`
    : `${tried(step.message)} failed: ${why(failure, language)}`;
}

/** Says why the plan as a whole was refused. */
export const planFailed = (failure: Failure, language: Language): string =>
  language === 'ko'
    ? `이 요청은 할 수 없습니다: ${why(failure, language)}`
    : `I cannot do this: ${why(failure, language)}`;

/** Said where a tool answered, but not in the form its contract promises. */
export const unreadable = (step: PlannedStep, language: Language): string =>
  language === 'ko'
    ? `“${step.message}” 단계의 결과(${step.tool})를 읽을 수 없어서 어떻게 되었는지 알 수 없습니다.`
    : `I cannot read what ${step.tool} answered, so I do not know how this step ended: ${step.message}.`;

/** Names the candidates of a question that nobody answered. */
export function whichOne({ reason, phrase = '', candidates }: ChoiceResult, language: Language): string {
  const list = candidates
    .map(({ number, label, score }) => `${number}. ${shownLabel(label, language)} (${percent(score)})`)
    .join(', ');
  if (language === 'ko') {
    return reason === 'no-match'
      ? `“${phrase}”에 맞는 것을 찾지 못했습니다. 사진에서 본 것: ${list}. 이 중에 있나요?`
      : `${withParticle(`“${phrase}”`, '이/가')} 여러 개 있습니다: ${list}. 어느 것인가요?`;
  }
  return reason === 'no-match'
    ? `I found nothing that matches “${phrase}”. I do see: ${list}. Is it one of these?`
    : `Several things match “${phrase}”: ${list}. Which one?`;
}

export const noPicture = (language: Language): string =>
  language === 'ko'
    ? '아직 사진이 없습니다. 사진을 열거나 (“photos/cup.png 열어줘”) 만들어 달라고 하세요 (“고양이 그림을 그려줘”).'
    : 'There is no picture yet. Open one (“open photos/cup.png”) or ask for one (“draw a picture of a cat”).';

export const noTool = (step: PlannedStep, language: Language): string =>
  language === 'ko'
    ? `“${step.message}” 단계에 필요한 도구(${step.tool})를 여기서는 쓸 수 없습니다.`
    : `I cannot do this step here: ${step.message}. The tool ${step.tool} is not offered.`;

/** Said where no more tools may be called although steps are left. */
export const notFinished = (step: PlannedStep, language: Language): string =>
  language === 'ko' ? `“${step.message}” 단계부터는 하지 않았습니다.` : `I did not get to this step: ${step.message}.`;
