/** A small seeded generator (xorshift32): equal seeds give equal streams on every machine. */
export class Random {
  private state: number;

  constructor(seed: number) {
    // Neighbouring seeds must not give neighbouring streams, and xorshift must never start at zero.
    let mixed = (seed ^ 0x9e3779b9) | 0;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    this.state = mixed ^ (mixed >>> 16) || 0x6d2b79f5;
  }

  /** An integer from 0 up to, not including, `bound` (1 .. 2^31). */
  below(bound: number): number {
    let state = this.state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.state = state;
    return Math.floor(((state >>> 0) / 4294967296) * bound);
  }
}
