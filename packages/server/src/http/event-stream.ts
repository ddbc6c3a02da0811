import type { JobEvent } from '../jobs/events.ts';

/** Proxies and browsers give up on connections that are silent for longer. */
const keepAliveMs = 15_000;

export interface EventStreamOptions {
  /** What is sent for an event. */
  readonly view: (event: JobEvent) => unknown;
  /** Stops reading from the source; also called when the reader goes away. */
  readonly stop: () => void;
  readonly onEnd: () => void;
  /** Milliseconds between signs of life. Default 15,000. */
  readonly keepAlive?: number;
}

/**
 * Events as Server-Sent Events: stored ones with their `seq` as id, so that a reader who comes back goes on from there. An event is
 * asked for when the reader has taken the one before: a slow reader holds up nobody and fills no memory.
 */
export function eventStream(
  events: AsyncIterable<JobEvent>,
  { view, stop, onEnd, keepAlive = keepAliveMs }: EventStreamOptions,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = events[Symbol.asyncIterator]();
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const end = () => {
    if (ended) return;
    ended = true;
    clearInterval(timer);
    stop();
    onEnd();
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        // At once, so that the headers and the wait after a break reach the reader before the first event.
        controller.enqueue(encoder.encode('retry: 1000\n\n'));
        timer = setInterval(() => {
          // Nothing is piled up for a reader that does not read.
          if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(': keep-alive\n\n'));
        }, keepAlive);
      },
      async pull(controller) {
        try {
          const { done, value } = await iterator.next();
          if (ended) return;
          if (!done) return controller.enqueue(encoder.encode(frame(value, view(value))));
          end();
          controller.close();
        } catch (error) {
          end();
          controller.error(error);
        }
      },
      async cancel() {
        end();
        await iterator.return?.();
      },
    },
    { highWaterMark: 1 },
  );
}

/** JSON has no line breaks of its own, so one `data` line holds it. */
const frame = (event: JobEvent, data: unknown): string =>
  `${'seq' in event ? `id: ${event.seq}\n` : ''}event: ${event.status}\ndata: ${JSON.stringify(data)}\n\n`;
