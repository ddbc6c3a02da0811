/**
 * An event stream that ends when the signal comes; every other response as it is. A chat's stream breaks off instead: readers take
 * one that ends in order for a finished message, and would not come back.
 */
export function endableStream(response: Response, signal: AbortSignal): Response {
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  if (!response.body || !isStream) return response;
  const isChat = response.headers.has('x-vercel-ai-ui-message-stream');
  const reader = response.body.getReader();
  let end = (_finished: boolean) => {};
  const onAbort = () => end(false);
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        end = (finished) => {
          signal.removeEventListener('abort', onAbort);
          if (isChat && !finished) controller.error(new Error('The server is going away.'));
          else controller.close();
          reader.cancel().catch(() => {});
        };
        signal.addEventListener('abort', onAbort);
        if (signal.aborted) end(false);
      },
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (signal.aborted) return;
          if (done) end(true);
          else controller.enqueue(value);
        } catch (error) {
          signal.removeEventListener('abort', onAbort);
          if (!signal.aborted) controller.error(error);
        }
      },
      async cancel(reason) {
        signal.removeEventListener('abort', onAbort);
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  const { status, headers } = response;
  return new Response(body, { status, headers });
}
