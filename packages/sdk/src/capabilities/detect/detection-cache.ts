import type { Detection } from './contract.ts';

/**
 * Remembers what a backend saw in a picture, keyed by picture id (a hash of its pixels), backend, model, words and threshold,
 * so that "find it, cut it out, check it" looks once. Least recently used entries go first.
 */
export class DetectionCache {
  readonly #entries = new Map<string, readonly Detection[]>();
  readonly #limit: number;

  /** @param limit pictures-and-phrases remembered; default 256. */
  constructor(limit = 256) {
    this.#limit = limit;
  }

  get(key: string): readonly Detection[] | undefined {
    const found = this.#entries.get(key);
    if (found) {
      this.#entries.delete(key);
      this.#entries.set(key, found);
    }
    return found;
  }

  set(key: string, detections: readonly Detection[]): void {
    this.#entries.set(key, detections);
    if (this.#entries.size <= this.#limit) return;
    const oldest = this.#entries.keys().next();
    if (!oldest.done) this.#entries.delete(oldest.value);
  }
}
