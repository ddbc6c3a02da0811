import { isDeepStrictEqual } from 'node:util';
import type { ToolOutcome } from './conversation/tool-output.ts';
import type { Exchange } from './conversation/turn.ts';
import type { PlannedStep } from './step.ts';
import { readChoice } from './wording/tool-results.ts';

/** One outcome a step, in order, as far as answers go. */
export type Outcomes = readonly (ToolOutcome | undefined)[];

/** How far a plan has come. */
export interface Progress {
  readonly outcomes: Outcomes;
  /** Index of the step to do next; `outcomes.length` when all is done. */
  readonly next: number;
  /** The answer that stopped the plan: an error, or a question nobody answered. */
  readonly stopped?: { readonly step: number; readonly outcome: ToolOutcome };
}

/**
 * Lays the turn's tool answers over the plan. A loop may call a tool again (with a choice, with another prompt): the
 * later answer to the same step counts. Steps that are `skipped`, after what the steps before them answered, count as
 * done without an answer.
 */
export function readProgress(
  steps: readonly PlannedStep[],
  exchanges: readonly Exchange[],
  skipped: (index: number, outcomes: Outcomes) => boolean,
): Progress {
  const outcomes: (ToolOutcome | undefined)[] = steps.map(() => undefined);
  const passSkipped = (from: number): number => {
    let index = from;
    while (index < steps.length && skipped(index, outcomes)) index++;
    return index;
  };
  let next = passSkipped(0);
  let done = -1;
  for (const exchange of exchanges) {
    const step = next < steps.length ? steps[next] : undefined;
    const again = done >= 0 && steps[done].tool === exchange.tool;
    if (step?.tool === exchange.tool && (covers(exchange, step) || !again)) {
      outcomes[next] = exchange.outcome;
      if (settles(exchange.outcome)) {
        done = next;
        next = passSkipped(next + 1);
      }
    } else if (again) {
      outcomes[done] = exchange.outcome;
    }
  }
  const step = outcomes.findIndex((outcome) => outcome !== undefined && !settles(outcome));
  const outcome = step === -1 ? undefined : outcomes[step];
  return outcome === undefined ? { outcomes, next } : { outcomes, next, stopped: { step, outcome } };
}

const settles = (outcome: ToolOutcome): boolean => outcome.ok && readChoice(outcome.output) === undefined;

/** Whether the call was made for this step: everything the request decides is in it. */
const covers = ({ input }: Exchange, step: PlannedStep): boolean =>
  Object.entries(step.input).every(([key, value]) => isDeepStrictEqual(input[key], value));
