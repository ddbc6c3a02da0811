/** The items as a stream that is read as fast as it is asked. A reader who leaves early aborts `stop`, so that the model stops too. */
export function toReadableStream<Item>(items: AsyncGenerator<Item, void>, stop: AbortController): ReadableStream<Item> {
  return new ReadableStream<Item>(
    {
      async pull(controller) {
        // A rejection here is the stream's error.
        const { done, value } = await items.next();
        if (stop.signal.aborted) return;
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel(reason) {
        stop.abort(reason);
        // It may wait for a response that will not come any more, or have failed by the abort; nobody is left to hear of it.
        items.return().catch(() => {});
      },
    },
    // Nothing is read ahead of the reader.
    { highWaterMark: 0 },
  );
}
