import type { Language } from './language.ts';

/** One request within a text: "remove the cup". */
export interface Clause {
  /** Without politeness and final punctuation; case and spelling as the person wrote them. */
  readonly text: string;
  /** As written, trimmed: what a question is passed on as. */
  readonly verbatim: string;
  readonly language: Language;
  /** What "it" means here: the last thing an earlier clause of the same text was about. */
  readonly lastTarget?: string | undefined;
}
