import type { Language } from './grammar/language.ts';
import { readRequest } from './grammar/read-request.ts';
import type { PlannedStep } from './step.ts';

export interface RequestPlan {
  readonly language: Language;
  /** In order. Empty when the request was not understood. */
  readonly steps: readonly PlannedStep[];
  /** The words that made no sense, where there are any. */
  readonly notUnderstood?: string;
}

/** What the built-in planner would do with a request, without doing it. Never throws. */
export function planRequest(text: string): RequestPlan {
  const { language, intents, notUnderstood } = readRequest(text);
  return {
    language,
    steps: intents.flatMap((intent) => intent.steps),
    ...(notUnderstood === undefined ? {} : { notUnderstood }),
  };
}
