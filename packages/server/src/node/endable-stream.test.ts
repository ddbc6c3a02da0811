import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { endableStream } from './endable-stream.ts';

/** Says something now and then, for ever. */
function talking(headers: Record<string, string> = {}) {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await delay(5);
      if (!cancelled) controller.enqueue(new TextEncoder().encode('data: x\n\n'));
    },
    cancel() {
      cancelled = true;
    },
  });
  const response = new Response(body, { headers: { 'content-type': 'text/event-stream', ...headers } });
  return { response, isCancelled: () => cancelled };
}

it('ends an event stream in order, and what feeds it', async () => {
  const closing = new AbortController();
  const { response, isCancelled } = talking();
  const text = endableStream(response, closing.signal).text();
  await delay(30);
  closing.abort();
  expect(await text).toMatch(/^(data: x\n\n)+$/);
  expect(isCancelled()).toBe(true);
});

it('breaks a chat’s stream off, so that it is not taken for finished', async () => {
  const closing = new AbortController();
  const { response, isCancelled } = talking({ 'x-vercel-ai-ui-message-stream': 'v1' });
  const text = endableStream(response, closing.signal).text();
  setTimeout(() => closing.abort(), 30);
  await expect(text).rejects.toThrow('going away');
  expect(isCancelled()).toBe(true);
});

it('leaves other answers alone', () => {
  const response = Response.json({});
  expect(endableStream(response, AbortSignal.abort())).toBe(response);
});
