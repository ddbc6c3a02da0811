import type { PictureIndex } from './picture-index.ts';

/** Which session a call belongs to that names none. */
export class Whereabouts {
  readonly #own: string | undefined;
  readonly #index: Pick<PictureIndex, 'knows' | 'sessionOf'>;
  readonly #wasMadeIn: (session: string, image: string) => Promise<boolean>;

  /**
   * @param own the caller's own session, where each caller has one
   * @param wasMadeIn whether an edit of a session made a picture
   */
  constructor(
    index: Pick<PictureIndex, 'knows' | 'sessionOf'>,
    own: string | undefined,
    wasMadeIn: (session: string, image: string) => Promise<boolean>,
  ) {
    this.#index = index;
    this.#own = own;
    this.#wasMadeIn = wasMadeIn;
  }

  /**
   * By the id of the picture or edit that the call is about. The own session where it has seen that: equal pictures have equal
   * ids, so another conversation may have seen it later. Else the one in which it was last seen, else the own one.
   */
  async sessionOf(reference: string | undefined): Promise<string | undefined> {
    if (reference === undefined) return this.#own;
    if (this.#own !== undefined && (await this.#index.knows(this.#own, reference))) return this.#own;
    return (await this.#index.sessionOf(reference)) ?? this.#own;
  }

  /**
   * The same for a call that changes a picture. Callers without a session of their own who begin with one photograph are different
   * conversations: only a picture that an edit made leads back to where it was made; one as it came begins a session.
   */
  async sessionToEdit(image: string | undefined): Promise<string | undefined> {
    const session = await this.sessionOf(image);
    if (this.#own !== undefined || session === undefined || image === undefined) return session;
    return (await this.#wasMadeIn(session, image)) ? session : undefined;
  }
}
