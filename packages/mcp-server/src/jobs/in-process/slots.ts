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

/** One job's slot, which it may give away for a while. */
export class Turn {
  readonly #slots: Slots;
  readonly #signal: AbortSignal;
  #isHeld = false;
  #hasBegun = false;

  constructor(slots: Slots, signal: AbortSignal) {
    this.#slots = slots;
    this.#signal = signal;
  }

  /** False where the signal fires first. */
  async begin(): Promise<boolean> {
    this.#isHeld = await this.#slots.take(this.#signal, this.#hasBegun);
    this.#hasBegun = true;
    return this.#isHeld;
  }

  end(): void {
    if (this.#isHeld) this.#slots.give();
    this.#isHeld = false;
  }
}
