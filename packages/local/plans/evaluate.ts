import type { LanguageModelV4 } from '@ai-sdk/provider';
import type { PlanCase } from './case.ts';
import { runCase } from './run-case.ts';
import { type CaseScore, isRight, isStrict, scoreCase } from './score.ts';

/** Figures of a group of cases. Accuracies are shares, 0..1. */
export interface Figures {
  readonly cases: number;
  readonly plan: number;
  readonly strict: number;
}

/** Plays every case and scores it. */
export async function evaluate(
  cases: readonly PlanCase[],
  brainOf: (planCase: PlanCase) => LanguageModelV4,
): Promise<readonly CaseScore[]> {
  const scores: CaseScore[] = [];
  for (const planCase of cases) scores.push(scoreCase(planCase, await runCase(planCase, brainOf(planCase))));
  return scores;
}

export function figuresOf(scores: readonly CaseScore[]): Figures {
  const share = (is: (score: CaseScore) => boolean): number =>
    scores.length === 0 ? 1 : scores.filter(is).length / scores.length;
  return { cases: scores.length, plan: share(isRight), strict: share(isStrict) };
}

export const ofLanguage = (scores: readonly CaseScore[], language: 'en' | 'ko'): readonly CaseScore[] =>
  scores.filter(({ planCase }) => planCase.language === language);
