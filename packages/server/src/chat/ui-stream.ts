import { AtelierError } from '@atelier/sdk/errors';
import type { InferUIMessageChunk } from 'ai';
import type { AtelierUIMessage } from '../client/ui-message.ts';
import type { JobEventView } from '../http/event-schemas.ts';
import type { JobView } from '../http/job-schemas.ts';
import { dataOf, type StreamedJob } from './data-parts.ts';
import { StreamedText } from './streamed-text.ts';

/** One chunk of the AI SDK's UI message stream, with our data parts. */
export type AtelierChunk = InferUIMessageChunk<AtelierUIMessage>;

export interface UiStreamOptions {
  /** As it was when the stream began. Live text that began before is left out: it would begin in the middle. */
  readonly job: Pick<JobView, 'job_id' | 'session' | 'state' | 'urls' | 'lastSeq'>;
  /** Whether the stream begins with the job, so that no text can have come before. */
  readonly isFresh: boolean;
  /** Called when nobody reads any more. Ends `events`: a read of them that is under way would be waited for. */
  readonly onCancel?: (() => void) | undefined;
}

/**
 * A job's events, from the first, as the AI SDK's UI message stream. The message has the job's id, so a stream read again takes
 * its place. Text comes as the brain writes it; what is there at the end is the final answer, once. Where the events end
 * before the job does, the stream breaks off, which readers take as a lost connection.
 */
export function uiMessageStream(
  events: AsyncIterable<JobEventView>,
  { job, isFresh, onCancel }: UiStreamOptions,
): ReadableStream<AtelierChunk> {
  const chunks = render(events, job, new StreamedText(isFresh ? 0 : job.lastSeq));
  return new ReadableStream<AtelierChunk>({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      onCancel?.();
      await chunks.return();
    },
  });
}

async function* render(
  events: AsyncIterable<JobEventView>,
  job: StreamedJob,
  text: StreamedText,
): AsyncGenerator<AtelierChunk, void, undefined> {
  const { job_id: jobId, session } = job;
  yield { type: 'start', messageId: jobId, messageMetadata: { jobId, session } };
  const data = dataOf(job);
  for await (const event of events) {
    if (event.status === 'token') {
      yield* text.token(event);
      continue;
    }
    if (event.status === 'progress' && event.state === 'running') {
      yield* data.next(event);
      continue;
    }
    if (event.status === 'success') {
      yield* text.answer(event.answer);
    } else {
      yield* text.close();
    }
    yield* data.next(event);
    switch (event.status) {
      case 'success':
        yield { type: 'finish', finishReason: 'stop' };
        return;
      case 'failure':
        yield { type: 'error', errorText: sentenceOf(event.error) };
        yield { type: 'finish', finishReason: 'error' };
        return;
      case 'cancelled':
        yield { type: 'abort', reason: event.message };
        yield { type: 'finish', finishReason: 'other' };
        return;
    }
  }
  throw new AtelierError({ code: 'server-unavailable', message: 'The stream ends before the job.', isRetryable: true });
}

/** What went wrong, and what to do about it, for the person. */
const sentenceOf = ({ message, hint }: { readonly message: string; readonly hint?: string | undefined }): string =>
  hint === undefined ? message : `${message} ${hint}`;
