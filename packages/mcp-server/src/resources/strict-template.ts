import { UriTemplate, type Variables } from '@modelcontextprotocol/server';

/** No address of ours comes near: what is longer is not looked at. */
const longestUri = 512;

/**
 * `BEFORE{id}AFTER`, which matches only where the id is one: ids of other kinds, escapes and queries are addresses of nothing. It
 * never throws, unlike its base, which does so for very long addresses.
 */
export class StrictTemplate extends UriTemplate {
  readonly #before: string;
  readonly #after: string;
  readonly #id: RegExp;

  /** `id` must be anchored at both ends. */
  constructor(before: string, after: string, id: RegExp) {
    super(`${before}{id}${after}`);
    this.#before = before;
    this.#after = after;
    this.#id = id;
  }

  override match(uri: string): Variables | null {
    if (uri.length > longestUri || !uri.startsWith(this.#before) || !uri.endsWith(this.#after)) return null;
    const id = uri.slice(this.#before.length, uri.length - this.#after.length);
    return this.#id.test(id) ? { id } : null;
  }
}
