import type { Clause } from '../grammar/clause.ts';
import type { Aftermath } from '../grammar/context.ts';
import type { Language } from '../grammar/language.ts';
import type { PlannedStep } from '../step.ts';

/** What one step's tool answered: the JSON of its output. */
export type StepOutput = Readonly<Record<string, unknown>>;

/** What one intent's steps answered, in the order of its steps; absent where a step was left out. */
export type StepOutputs = readonly (StepOutput | undefined)[];

/** An intent is carried out only where the check turned out so. */
export interface Guard {
  readonly check: Intent;
  readonly holds: boolean;
}

/** One thing the person wants, understood. */
export interface Intent {
  readonly name: string;
  readonly steps: readonly PlannedStep[];
  /** What later clauses may refer to. */
  readonly leaves: Aftermath;
  /** True where the clause ends in free words, which may hold "and": a prompt, a question. */
  readonly openEnded: boolean;
  /** The sentence about what was done, from the outputs of `steps`; undefined where they cannot be read. */
  report(outputs: StepOutputs): string | undefined;
  /** Only of a check, which other intents wait for: whether it holds; undefined where the outputs do not tell. */
  judge?(outputs: StepOutputs): boolean | undefined;
  /** All must turn out as they say. Their checks come before this intent in a request. */
  readonly guards?: readonly Guard[];
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
  report(meaning: Meaning, outputs: StepOutputs, language: Language): string | undefined;
  leaves(meaning: Meaning): Aftermath;
}

/** A kind of request that other grammars may make, too. */
export interface MadeIntent<Meaning> extends IntentGrammar {
  of(meaning: Meaning, language: Language): Intent;
}

/** Binds what `parse` understood to its plan and its report, so that kinds of intents can share one list. */
export function defineIntent<Meaning>(definition: IntentDefinition<Meaning>): MadeIntent<Meaning> {
  const bind = (meaning: Meaning, language: Language): Intent => ({
    name: definition.name,
    steps: definition.plan(meaning, language),
    leaves: definition.leaves(meaning),
    openEnded: definition.openEnded ?? false,
    report: (outputs) => definition.report(meaning, outputs, language),
  });
  return {
    name: definition.name,
    of: bind,
    read: (clause) => definition.parse(clause).map((meaning) => bind(meaning, clause.answerIn ?? clause.language)),
  };
}
