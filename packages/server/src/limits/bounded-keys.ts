import { createHash, randomBytes } from 'node:crypto';

/**
 * Names for counters, never more than `most` and `shared` of them in a window of time: the first `most` callers of a window each
 * get their own, further ones share `shared` others. So no flood of callers fills the memory.
 */
export class BoundedKeys {
  readonly #most: number;
  readonly #shared: number;
  readonly #windowMs: number;
  /** Nobody outside can choose callers that share a counter. */
  readonly #salt = randomBytes(16);
  /** When each caller's window ends, soonest first. */
  readonly #ends = new Map<string, number>();

  constructor(options: { readonly most: number; readonly shared: number; readonly windowMs: number }) {
    this.#most = options.most;
    this.#shared = options.shared;
    this.#windowMs = options.windowMs;
  }

  get size(): number {
    return this.#ends.size;
  }

  nameOf(caller: string, now: number = Date.now()): string {
    for (const [known, end] of this.#ends) {
      if (end > now) break;
      this.#ends.delete(known);
    }
    // Of fixed length, whatever the caller is called.
    const digest = createHash('sha256').update(this.#salt).update(caller).digest();
    const name = digest.toString('base64url');
    if (this.#ends.has(name)) return name;
    if (this.#ends.size >= this.#most) return `shared-${digest.readUInt32BE() % this.#shared}`;
    this.#ends.set(name, now + this.#windowMs);
    return name;
  }
}
