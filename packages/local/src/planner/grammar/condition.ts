/** What decides whether a request is carried out. */
export type Condition =
  /** So many things of a kind are in the picture: `least` to `most`, both included; `most` default: any number. */
  | { readonly kind: 'seen'; readonly phrase: string; readonly least: number; readonly most?: number }
  /** What detection cannot tell: the answer to a question of yes or no. */
  | { readonly kind: 'asked'; readonly question: string };

/** A condition, and whether it must hold or must not. */
export interface Premise {
  readonly condition: Condition;
  readonly holds: boolean;
}

export const seen = (phrase: string, least = 1, most?: number): Condition => ({
  kind: 'seen',
  phrase,
  least,
  ...(most === undefined ? {} : { most }),
});

/** The same condition, to hold where the other must not. */
export const opposite = ({ condition, holds }: Premise): Premise => ({ condition, holds: !holds });
