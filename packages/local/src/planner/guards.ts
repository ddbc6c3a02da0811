import type { Intent, StepOutputs } from './intents/intent.ts';
import type { Outcomes } from './progress.ts';

/** Where each intent's steps are among all steps: the index of its first. */
export function firstSteps(intents: readonly Intent[]): ReadonlyMap<Intent, number> {
  const starts = new Map<Intent, number>();
  let start = 0;
  for (const intent of intents) {
    starts.set(intent, start);
    start += intent.steps.length;
  }
  return starts;
}

/** What an intent's steps have answered so far. */
export function outputsOf(intent: Intent, start: number, outcomes: Outcomes): StepOutputs {
  return outcomes
    .slice(start, start + intent.steps.length)
    .map((outcome) => (outcome?.ok ? outcome.output : undefined));
}

/** Whether an intent is to be carried out: false where a check turned out otherwise, or told nothing. */
export function isWanted({ guards = [] }: Intent, starts: ReadonlyMap<Intent, number>, outcomes: Outcomes): boolean {
  return guards.every(({ check, holds }) => {
    const start = starts.get(check);
    if (start === undefined || !isWanted(check, starts, outcomes)) return false;
    return check.judge?.(outputsOf(check, start, outcomes)) === holds;
  });
}
