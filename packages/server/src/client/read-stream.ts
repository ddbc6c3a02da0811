import { createParser } from 'eventsource-parser';
import { AgentError } from './agent-error.ts';
import type { JobEvent } from './wire.ts';

/** Characters of one event. Those of this server are far below. */
const longestEvent = 16 * 1024 * 1024;

/**
 * The events of one response, until it ends. `onSilence` is called when no byte comes for that long, keep-alives included:
 * the connection is dead then, though nobody said so.
 */
export async function* readStream(
  body: ReadableStream<Uint8Array>,
  silence: { readonly milliseconds: number; readonly onSilence: () => void },
): AsyncGenerator<JobEvent, void, undefined> {
  let parsed: JobEvent[] = [];
  const parser = createParser({
    onEvent: ({ data }) => parsed.push(parseEvent(data)),
    onError: ({ type, message }) => {
      if (type === 'max-buffer-size-exceeded') throw broken(message);
    },
    maxBufferSize: longestEvent,
  });
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    while (true) {
      const timer = setTimeout(silence.onSilence, silence.milliseconds);
      const { done, value } = await reader.read().finally(() => clearTimeout(timer));
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      const events = parsed;
      parsed = [];
      yield* events;
    }
  } finally {
    // Lets go of the connection where the reader stopped before the end; what is already broken need not be told.
    await reader.cancel().catch(() => {});
  }
}

function parseEvent(data: string): JobEvent {
  try {
    const event: unknown = JSON.parse(data);
    // The rest of the shape is the server's word: its schema is where the type comes from.
    if (typeof event === 'object' && event !== null && 'status' in event) return event as JobEvent;
  } catch (cause) {
    throw broken('An event is not JSON.', cause);
  }
  throw broken('An event has no status.');
}

const broken = (message: string, cause?: unknown): AgentError =>
  new AgentError({
    code: 'response-invalid',
    message,
    hint: 'Is something between here and the server that changes what it says?',
    cause,
  });
