import type { JSONValue } from '@ai-sdk/provider';

/** The words of a clause, sorted by the part they play: what is to be done, how, and to what. */
export interface Frame {
  readonly act: Act;
  /** The words that are left for the thing; empty where none was named. */
  readonly thing: string;
}

export type Act =
  | { readonly kind: 'remove' }
  | { readonly kind: 'segment' }
  | { readonly kind: 'detect' }
  | { readonly kind: 'replace'; readonly prompt: string }
  | {
      readonly kind: 'adjust';
      readonly operation: string;
      readonly parameters: Readonly<Record<string, JSONValue>>;
      /** Where the words themselves say it; else the thing does. */
      readonly region?: 'background' | 'everything';
    };

type Groups = Readonly<Record<string, string | undefined>>;

/**
 * One sign that a clause asks for something, found anywhere in it. The groups `thing` and `prompt` are words for the
 * thing and for what replaces it; all other words that matched are spent.
 */
export interface Cue {
  readonly pattern: RegExp;
  /** Undefined where the words do not fit after all. */
  act(groups: Groups): Act | undefined;
}

export const adjustment = (
  operation: string,
  parameters: Readonly<Record<string, JSONValue>> = {},
  region?: 'background' | 'everything',
): Act => ({ kind: 'adjust', operation, parameters, ...(region === undefined ? {} : { region }) });
