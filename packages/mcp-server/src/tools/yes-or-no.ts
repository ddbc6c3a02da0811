import type { Language } from '@atelier/sdk/tools';
import type { QuestionForm } from '../people/people.ts';

/** "May I?" as a form: one box, which only a plain yes ticks. */
export const yesOrNo = (language: Language): QuestionForm => ({
  type: 'object',
  properties: { approved: { type: 'boolean', title: language === 'ko' ? '승인' : 'Do it' } },
  required: ['approved'],
});
