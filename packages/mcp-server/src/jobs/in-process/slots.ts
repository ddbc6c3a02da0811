/** So many at once; the others wait in line. */
export class Slots {
  #free: number;
  readonly #line: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** False, without a slot, where the signal fires first. `isFirst`: goes before those that have not begun. */
  async take(signal: AbortSignal, isFirst = false): Promise<boolean> {
    if (signal.aborted) return false;
    if (this.#free > 0) {
      this.#free--;
      return true;
    }
    return new Promise((resolve) => {
      const leave = () => {
        this.#line.splice(this.#line.indexOf(enter), 1);
        resolve(false);
      };
      const enter = () => {
        signal.removeEventListener('abort', leave);
        resolve(true);
      };
      signal.addEventListener('abort', leave, { once: true });
      if (isFirst) this.#line.unshift(enter);
      else this.#line.push(enter);
    });
  }

  give(): void {
    const next = this.#line.shift();
    if (next) next();
    else this.#free++;
  }
}

/** One job's slot in each of several kinds, which it may give away for a while. */
export class Turn {
  readonly #slots: readonly Slots[];
  readonly #signal: AbortSignal;
  #held: readonly Slots[] = [];
  #hasBegun = false;

  /** @param slots in the same order for everybody who shares some of them */
  constructor(slots: readonly Slots[], signal: AbortSignal) {
    this.#slots = slots;
    this.#signal = signal;
  }

  /** False where the signal fires first. */
  async begin(): Promise<boolean> {
    const isFirst = this.#hasBegun;
    this.#hasBegun = true;
    for (const slots of this.#slots) {
      if (await slots.take(this.#signal, isFirst)) this.#held = [...this.#held, slots];
      else {
        this.end();
        return false;
      }
    }
    return true;
  }

  end(): void {
    for (const slots of this.#held) slots.give();
    this.#held = [];
  }
}
