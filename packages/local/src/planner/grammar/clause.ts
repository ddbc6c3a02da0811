import type { Context } from './context.ts';
import type { Language } from './language.ts';

/** One request within a text: "remove the cup". */
export interface Clause {
  /** Without politeness and final punctuation; case and spelling as the person wrote them. */
  readonly text: string;
  /** As written, trimmed: what a question is passed on as. */
  readonly verbatim: string;
  readonly language: Language;
  /** The language of answers, where it is another one than the person's. */
  readonly answerIn?: Language | undefined;
  /** What pronouns and "undo the blur" refer to. */
  readonly context: Context;
}
