import type { Clause } from '../grammar/clause.ts';
import type { Aftermath } from '../grammar/context.ts';
import type { Language } from '../grammar/language.ts';
import type { PlannedStep } from '../step.ts';

/** What one step's tool answered: the JSON of its output. */
export type StepOutput = Readonly<Record<string, unknown>>;

/** One thing the person wants, understood. */
export interface Intent {
  readonly name: string;
  readonly steps: readonly PlannedStep[];
  /** What later clauses may refer to. */
  readonly leaves: Aftermath;
  /** True where the clause ends in free words, which may hold "and": a prompt, a question. */
  readonly openEnded: boolean;
  /** The sentence about what was done, from the outputs of `steps`, in the same order (absent: the step was left out); undefined where they cannot be read. */
  report(outputs: readonly (StepOutput | undefined)[]): string | undefined;
}

/** How one kind of request is recognised, carried out and reported. */
export interface IntentGrammar {
  readonly name: string;
  /** The intents a clause holds (two for "remove the cup and the spoon"); empty when it is another kind of request. */
  read(clause: Clause): readonly Intent[];
}

interface IntentDefinition<Meaning> {
  readonly name: string;
  readonly openEnded?: boolean;
  parse(clause: Clause): readonly Meaning[];
  plan(meaning: Meaning, language: Language): readonly PlannedStep[];
  report(meaning: Meaning, outputs: readonly (StepOutput | undefined)[], language: Language): string | undefined;
  leaves(meaning: Meaning): Aftermath;
}

/** Binds what `parse` understood to its plan and its report, so that kinds of intents can share one list. */
export function defineIntent<Meaning>(definition: IntentDefinition<Meaning>): IntentGrammar {
  const bind = (meaning: Meaning, language: Language): Intent => ({
    name: definition.name,
    steps: definition.plan(meaning, language),
    leaves: definition.leaves(meaning),
    openEnded: definition.openEnded ?? false,
    report: (outputs) => definition.report(meaning, outputs, language),
  });
  return {
    name: definition.name,
    read: (clause) => definition.parse(clause).map((meaning) => bind(meaning, clause.answerIn ?? clause.language)),
  };
}
