import type { LanguageModelV4Prompt } from '@ai-sdk/provider';
import type { Language } from '../grammar/language.ts';

/** The language that the host wants answers in: the line `Answer in: ko` (or `en`) of the first system message. */
export function answerLanguage(prompt: LanguageModelV4Prompt): Language | undefined {
  const system = prompt.find((message) => message.role === 'system');
  const wanted = system && /^Answer in: (en|ko)\s*$/m.exec(system.content)?.[1];
  return wanted === 'en' || wanted === 'ko' ? wanted : undefined;
}
