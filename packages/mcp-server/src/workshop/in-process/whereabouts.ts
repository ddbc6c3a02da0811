import type { PictureIndex } from './picture-index.ts';

/** Which session a call belongs to that names none. */
export class Whereabouts {
  readonly #own: string | undefined;
  readonly #index: Pick<PictureIndex, 'knows' | 'sessionOf'>;

  /** @param own the caller's own session, where each caller has one */
  constructor(index: Pick<PictureIndex, 'knows' | 'sessionOf'>, own: string | undefined) {
    this.#index = index;
    this.#own = own;
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
}
