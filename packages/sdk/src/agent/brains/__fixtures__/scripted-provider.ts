import { HttpResponse, http } from 'msw';
import type { Reply, Wire, WireRequest } from './wire.ts';

/** How a provider answers one call: with a whole reply, with an error, or with a stream that ends before its time. */
export type Answer =
  | Reply
  | { readonly status: number; readonly message: string; readonly headers?: Record<string, string> }
  | { readonly cut: Reply; readonly after: (event: string) => boolean };

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
    const stream = eventsOf(wire, answer, calls.length - 1).map((event) => new TextEncoder().encode(event));
    return new HttpResponse(ReadableStream.from(stream), { headers: { 'content-type': 'text/event-stream' } });
  });
  return { handler, calls };
}

/** The events that are sent: all, or those up to and with the one it is cut after. */
export function eventsOf(wire: Wire, answer: Reply | Extract<Answer, { cut: Reply }>, call: number): readonly string[] {
  if (!('cut' in answer)) return wire.stream(answer, call);
  const all = wire.stream(answer.cut, call);
  return all.slice(0, all.findIndex(answer.after) + 1);
}
