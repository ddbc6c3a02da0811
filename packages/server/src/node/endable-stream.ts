/** An event stream that ends in order when the signal comes; every other response as it is. */
export function endableStream(response: Response, signal: AbortSignal): Response {
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  if (!response.body || !isStream) return response;
  const reader = response.body.getReader();
  let end = () => {};
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        end = () => {
          signal.removeEventListener('abort', end);
          controller.close();
          reader.cancel().catch(() => {});
        };
        signal.addEventListener('abort', end);
        if (signal.aborted) end();
      },
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (signal.aborted) return;
          if (done) end();
          else controller.enqueue(value);
        } catch (error) {
          signal.removeEventListener('abort', end);
          if (!signal.aborted) controller.error(error);
        }
      },
      async cancel(reason) {
        signal.removeEventListener('abort', end);
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  const { status, headers } = response;
  return new Response(body, { status, headers });
}
