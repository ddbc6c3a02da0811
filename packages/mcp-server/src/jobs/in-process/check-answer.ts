import type { Question, QuestionAnswer } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import type { Settled } from './job-record.ts';

/** Characters of a person's reason. */
const longestReason = 500;

/** What is kept of an answer. Throws `invalid-input` for what does not answer the question. */
export function checkAnswer(question: Question, answer: QuestionAnswer): NonNullable<Settled> {
  if (question.kind === 'choice') {
    const numbers = question.candidates.map(({ number }) => number);
    if ('choice' in answer && numbers.includes(answer.choice)) return { choice: answer.choice };
    throw wrongAnswer(`"Which one?" is answered by one of these numbers: ${numbers.join(', ')}.`, 'choice');
  }
  if (!('approved' in answer) || typeof answer.approved !== 'boolean')
    throw wrongAnswer('"May I?" is answered by yes or no.', 'approved: true, or approved: false');
  const reason = typeof answer.reason === 'string' ? answer.reason.slice(0, longestReason) : undefined;
  return { approved: answer.approved, ...(reason === undefined ? {} : { reason }) };
}

/** Whether two answers mean the same; reasons may differ. */
export function isSameAnswer(a: QuestionAnswer, b: QuestionAnswer): boolean {
  if ('choice' in a) return 'choice' in b && a.choice === b.choice;
  return 'approved' in b && a.approved === b.approved;
}

const wrongAnswer = (message: string, field: string): AtelierError =>
  new AtelierError({ code: 'invalid-input', message, hint: `Answer with ${field}.` });
