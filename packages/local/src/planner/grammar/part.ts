import type { Condition } from './condition.ts';
import type { Frame } from './frames/frame.ts';

/** What a condition says: something of its own, or "so" and "not", which take up the one before. */
export type ReadPremise =
  | { readonly kind: 'own'; readonly condition: Condition; readonly holds: boolean }
  | { readonly kind: 'that'; readonly holds: boolean };

/** One piece of a sentence, by what it is for. */
export type Part =
  /** Something to be done or answered; `frame` where it was read by its signs already. */
  | { readonly kind: 'request'; readonly text: string; readonly frame?: Frame }
  /** What follows is done only where it holds, up to the next one or the end of the sentence. */
  | { readonly kind: 'premise'; readonly premise: ReadPremise }
  /** The last request is done only where it holds: "blur the faces, if there are any". */
  | { readonly kind: 'afterthought'; readonly premise: ReadPremise }
  /** Something to look for, because of what will be said of it: "check for a hook". */
  | { readonly kind: 'look'; readonly condition: Condition }
  /** A thing that is spoken of: what "it" means from now on. */
  | { readonly kind: 'topic'; readonly thing: string }
  /** A fault, and the request that mends it. */
  | { readonly kind: 'fault'; readonly mend: string; readonly thing?: string }
  /** What follows is done in any case. */
  | { readonly kind: 'anyway' }
  /** Words that ask for nothing. */
  | { readonly kind: 'aside' }
  /** What must not be done, or must stay. */
  | { readonly kind: 'declined'; readonly thing?: string };
