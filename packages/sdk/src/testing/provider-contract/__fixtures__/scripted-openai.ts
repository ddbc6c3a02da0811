import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createOpenAI } from '@ai-sdk/openai';

const scripted = (name: string): string => readFileSync(new URL(`./openai/${name}`, import.meta.url), 'utf8');

/** The replies by path. */
const paths = {
  '/chat/completions': 'chat',
  '/responses': 'responses',
  '/images/generations': 'images',
  '/images/edits': 'images',
};
/** The texts of the vectors in `embeddings.json`. */
const embedded = ['a cat', 'a dog', 'a house'];

/**
 * OpenAI's provider over replies written down in the form that its API gives them. The header `x-fail` chooses an error, `x-slow` the milliseconds between
 * two events (for replies in one piece, fifty times that). The signal is followed as `fetch` follows it.
 */
export function scriptedOpenAI() {
  let received: Record<string, string> = {};
  const fetch = async (target: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const { signal } = init;
    signal?.throwIfAborted();
    const headers = new Headers(init.headers);
    received = Object.fromEntries(headers);
    const status = headers.get('x-fail');
    if (status !== null) return json(scripted(`error-${status}.json`), Number(status));
    const path = new URL(target instanceof Request ? target.url : target).pathname.replace('/v1', '');
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    const pause = Number(headers.get('x-slow') ?? 0);
    if (path === '/embeddings') return waited(pause, signal, () => json(embeddingsOf(body)));
    // Every path that the tests call is in the table.
    const name = paths[path as keyof typeof paths];
    if (hasStream(body)) return eventStream(scripted(`${name}.sse`), pause, signal);
    return waited(pause, signal, () => json(imagesOf(scripted(`${name}.json`), body)));
  };
  return { openai: createOpenAI({ apiKey: 'sk-scripted', fetch }), receivedHeaders: () => received };
}

const json = (text: string, status = 200): Response =>
  new Response(text, { status, headers: { 'content-type': 'application/json', 'x-request-id': 'req_scripted' } });

const hasStream = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'stream' in body && body.stream === true;

async function waited(pause: number, signal: AbortSignal | null | undefined, reply: () => Response): Promise<Response> {
  // fetch rejects with the signal's own reason; node's timers with an error of theirs.
  await sleep(pause * 50, undefined, signal ? { signal } : {}).catch(() => signal?.throwIfAborted());
  return reply();
}

function eventStream(text: string, pause: number, signal: AbortSignal | null | undefined): Response {
  const events = text.split(/(?<=\n\n)/);
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await sleep(pause, undefined, signal ? { signal } : {}).catch(() => signal?.throwIfAborted());
      const event = events.shift();
      if (event === undefined) controller.close();
      else controller.enqueue(encoder.encode(event));
    },
  });
  return new Response(stream, { headers: { 'content-type': 'text/event-stream' } });
}

/** The vectors of the texts that were sent. */
function embeddingsOf(body: unknown): string {
  const { input } = body as { input: string[] };
  const reply = JSON.parse(scripted('embeddings.json'));
  const data = input.map((text, index) => ({ ...reply.data[embedded.indexOf(text)], index }));
  return JSON.stringify({ ...reply, data });
}

/** One picture for each that was asked for. */
function imagesOf(text: string, body: unknown): string {
  const reply = JSON.parse(text);
  if (!Array.isArray(reply.data)) return text;
  const count = typeof body === 'object' && body !== null && 'n' in body ? Number(body.n) : 1;
  return JSON.stringify({ ...reply, data: Array.from({ length: count }, () => reply.data[0]) });
}
