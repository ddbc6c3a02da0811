/** What decides whether a request is carried out. */
export type Condition =
  /**
   * So many things of a kind are in the picture: `least` to `most`, both included; `most` default: any number. `about`
   * is what "it" means afterwards; default: the phrase.
   */
  | {
      readonly kind: 'seen';
      readonly phrase: string;
      readonly least: number;
      readonly most?: number;
      readonly about?: string;
    }
  /** What detection cannot tell: the answer to a question of yes or no. */
  | { readonly kind: 'asked'; readonly question: string };

/** A thing has a colour: it is looked for by that colour, and spoken of without. */
export const coloured = (thing: string, phrase: string): Condition => ({
  kind: 'seen',
  phrase,
  least: 1,
  about: thing,
});

export const seen = (phrase: string, least = 1, most?: number): Condition => ({
  kind: 'seen',
  phrase,
  least,
  ...(most === undefined ? {} : { most }),
});
