import { AtelierError } from '@atelier/sdk/errors';
import { type Candidate, type Language, type QuestionWords, questionMessage } from '@atelier/sdk/tools';
import type { PersonAnswer, QuestionForm } from '../people/people.ts';

/** "Which one?" as tools ask it. */
export interface WhichOne extends QuestionWords {
  readonly candidates: readonly Candidate[];
}

const words = {
  en: { number: 'Number', leftToRight: 'They are numbered from left to right.' },
  ko: { number: '번호', leftToRight: '왼쪽부터 번호를 매겼습니다.' },
} as const;

/** The question for the person: hosts show no picture beside it, so it says how the numbers run. */
export const whichOneMessage = (language: Language, question: WhichOne): string =>
  question.candidates.length > 1
    ? `${questionMessage(language, question)} ${words[language].leftToRight}`
    : questionMessage(language, question);

/** One field, a list to choose from, in the form that hosts of all revisions know. */
export const whichOneForm = (language: Language, { candidates }: WhichOne): QuestionForm => ({
  type: 'object',
  properties: {
    choice: {
      type: 'string',
      title: words[language].number,
      enum: candidates.map(({ number }) => String(number)),
      enumNames: candidates.map(({ number, label, score }) => `${number}: ${label}, ${Math.round(score * 100)} %`),
    },
  },
  required: ['choice'],
});

/** The number in a person's answer; undefined where they chose none. Throws `invalid-input` for what is no number of a candidate. */
export function chosenNumber(answer: PersonAnswer, candidates?: readonly Candidate[]): number | undefined {
  if (answer.action !== 'accept') return undefined;
  const { choice } = answer.content;
  const number = typeof choice === 'string' && /^\d{1,6}$/.test(choice) ? Number(choice) : choice;
  const isNumber = typeof number === 'number' && Number.isSafeInteger(number) && number > 0;
  if (isNumber && (candidates === undefined || candidates.some((candidate) => candidate.number === number)))
    return number;
  throw new AtelierError({
    code: 'invalid-input',
    message: 'The answer is not the number of a candidate.',
    hint: 'Answer with one of the numbers that the question lists.',
  });
}

/** For the model, where the host cannot ask the person itself: what to put to them, and how to go on. */
export function whichOneAdvice(
  { reason, phrase }: Pick<WhichOne, 'reason' | 'phrase'>,
  images: 'on' | 'off',
  howToGoOn: string,
): string {
  const show =
    images === 'on'
      ? 'Show the person the numbered picture'
      : 'Describe the candidates to the person by their places (boxes; numbered from left to right)';
  if (reason === 'ambiguous') return `${show} and ask which one is meant; do not choose for them. ${howToGoOn}`;
  return `Nothing like "${phrase}" was found: tell the person so. ${show} only to ask whether one of these is meant after all; do not choose for them. ${howToGoOn}`;
}

/** Asked once is enough: the model must not take it for a question that is still open. `outcome` says what became of the picture. */
export const noneChosen = (
  action: PersonAnswer['action'],
  outcome = 'Nothing was changed.',
  details?: Readonly<Record<string, unknown>>,
): AtelierError =>
  new AtelierError({
    code: 'choice-needed',
    message: `The person was asked which one is meant and ${action === 'cancel' ? 'closed the question' : 'chose none of them'}. ${outcome}`,
    hint: 'Ask them what they want instead.',
    ...(details ? { details } : {}),
  });
