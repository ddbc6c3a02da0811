import { setImmediate as nextTurn } from 'node:timers/promises';

export interface SliceOptions {
  readonly signal?: AbortSignal | undefined;
  /** How long the event loop may be held at a time, in milliseconds. Default 8. */
  readonly budgetMs?: number;
}

/**
 * Calls `work(from, to)` for consecutive ranges of 0..rows and lets the event loop turn in between.
 * The ranges grow and shrink so that each takes about `budgetMs`. Rejects with the signal's reason when it fires.
 */
export async function inSlices(
  rows: number,
  work: (from: number, to: number) => void,
  options: SliceOptions = {},
): Promise<void> {
  const { signal, budgetMs = 8 } = options;
  signal?.throwIfAborted();
  let size = 1;
  for (let from = 0; from < rows; ) {
    const turnStarted = performance.now();
    let elapsed = 0;
    // Several ranges may share one turn while the right size is still being found.
    do {
      const started = performance.now();
      const to = Math.min(rows, from + size);
      work(from, to);
      const finished = performance.now();
      elapsed = finished - turnStarted;
      // At most doubled, so that one fast range of blank rows does not lead to a long one after it.
      const fitting = ((to - from) * budgetMs) / Math.max(finished - started, 0.01) / 2;
      size = Math.max(1, Math.min(Math.floor(fitting), size * 2));
      from = to;
    } while (from < rows && elapsed < budgetMs / 2);
    if (from < rows) {
      await nextTurn();
      signal?.throwIfAborted();
    }
  }
}
