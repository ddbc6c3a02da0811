import type { Language } from '../grammar/language.ts';
import type { PlannedStep } from '../step.ts';

/** Put a question to the picture. */
export const askStep = (question: string, language: Language): PlannedStep => ({
  tool: 'ask_image',
  message: language === 'ko' ? '사진에서 답 찾기' : 'Look for the answer in the picture',
  input: { question },
  needs: ['image'],
});
