import type { ElicitRequestFormParams, InputRequiredResult } from '@modelcontextprotocol/server';

/** A form of few simple fields, as elicitation takes it. */
export type QuestionForm = ElicitRequestFormParams['requestedSchema'];

export interface PersonQuestion {
  /** Names the answer when it comes. */
  readonly key: string;
  /** For the person. */
  readonly message: string;
  readonly form: QuestionForm;
  /** What the next round must know. It travels through the client, signed; never secrets. */
  readonly state?: Readonly<Record<string, unknown>> | undefined;
}

export type PersonAnswer =
  | { readonly action: 'accept'; readonly content: Readonly<Record<string, unknown>> }
  /** The person said no, or closed the question. */
  | { readonly action: 'decline' | 'cancel' };

/** The way to the person in front of the host, if there is one. */
export interface People {
  /** Whether the host can put a form to a person. Where not, results say what is asked and how to call again. */
  readonly canAsk: boolean;
  /** What an earlier round of this call stored; checked to be ours. */
  readonly state: Readonly<Record<string, unknown>> | undefined;
  /** Undefined where this question was not put yet. */
  answer(key: string): PersonAnswer | undefined;
  /** The result that puts the question; the host calls the tool again with the answer. */
  ask(question: PersonQuestion): Promise<InputRequiredResult>;
}
