import { HttpResponse, http } from 'msw';
import type { Reply, Wire, WireRequest } from './wire.ts';

/** How a provider answers one call: with a whole reply, with an error, or with these very events. */
export type Answer =
  | Reply
  | { readonly status: number; readonly message: string; readonly headers?: Record<string, string> }
  | { readonly events: readonly string[] };

/** One call as it came. */
export interface ProviderCall extends WireRequest {
  readonly body: unknown;
  readonly headers: Headers;
  /** Milliseconds, by the clock of `performance.now`. */
  readonly at: number;
}

/** A provider that speaks a wire and follows a script: a list of answers, or a function of what it was sent. */
export function scriptedProvider(wire: Wire, script: (request: WireRequest, call: number) => Answer) {
  const calls: ProviderCall[] = [];
  const handler = http.post(wire.url, async ({ request }) => {
    const body: unknown = await request.json();
    const read = wire.read(body);
    calls.push({ ...read, body, headers: request.headers, at: performance.now() });
    const answer = script(read, calls.length - 1);
    if ('status' in answer) {
      const { status, message, headers = {} } = answer;
      return new HttpResponse(JSON.stringify(wire.error(status, message)), {
        status,
        headers: { 'content-type': 'application/json', ...headers },
      });
    }
    const events = 'events' in answer ? answer.events : wire.stream(answer, calls.length - 1);
    const stream = events.map((event) => new TextEncoder().encode(event));
    return new HttpResponse(ReadableStream.from(stream), { headers: { 'content-type': 'text/event-stream' } });
  });
  return { handler, calls };
}
