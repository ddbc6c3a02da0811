/**
 * An async iterable over what `start` yields that stops at once: `return()` (leaving a `for await`) and the signal end also
 * a read that is under way, which a generator alone would wait for. The signal's reason is thrown; after `return()` the
 * iteration is over. Each iteration starts anew.
 */
export const stoppable = <Value>(
  start: (stop: AbortSignal) => AsyncGenerator<Value, void, undefined>,
  signal?: AbortSignal,
): AsyncIterable<Value> => ({
  [Symbol.asyncIterator]() {
    const left = new AbortController();
    const generator = start(signal ? AbortSignal.any([signal, left.signal]) : left.signal);
    return {
      async next(): Promise<IteratorResult<Value, undefined>> {
        if (left.signal.aborted) return over;
        try {
          signal?.throwIfAborted();
          const result = await generator.next();
          return result.done ? over : result;
        } catch (error) {
          if (signal?.aborted) throw signal.reason;
          if (left.signal.aborted) return over;
          throw error;
        }
      },
      async return(): Promise<IteratorResult<Value, undefined>> {
        left.abort();
        // Ends a read under way first; what it throws for being ended is nobody's concern.
        await generator.return().catch(() => {});
        return over;
      },
    };
  },
});

const over = { done: true, value: undefined } as const;
