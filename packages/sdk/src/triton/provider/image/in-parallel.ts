/**
 * Does the work for each item, at most `limit` at once, and answers in the order of the items. The first failure (or the
 * signal) aborts the signals of the rest and rejects.
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  limit: number,
  signal: AbortSignal | undefined,
  work: (item: Item, index: number, signal: AbortSignal) => Promise<Result>,
): Promise<Result[]> {
  const stop = new AbortController();
  const either = AbortSignal.any([stop.signal, ...(signal ? [signal] : [])]);
  const results: Result[] = [];
  const queue = items.entries();
  const worker = async () => {
    // One iterator for all workers: each takes the next item that nobody has.
    for (const [index, item] of queue) results[index] = await work(item, index, either);
  };
  try {
    await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
    return results;
  } catch (error) {
    stop.abort(error);
    throw error;
  }
}
