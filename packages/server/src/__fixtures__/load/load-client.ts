import { encodeImage } from '@atelier/sdk/image';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { z } from 'zod';
import { numberedPicture } from '../five-steps/picture.ts';

const acceptedSchema = z.object({ status: z.literal('processing'), job_id: z.string() });
const eventSchema = z.object({ status: z.string(), seq: z.number().optional(), at: z.string().optional() });

export interface WatchedJob {
  /** Milliseconds from the request to the 202. */
  readonly accepted: number;
  /** Milliseconds from each stored event's date to its arrival here. */
  readonly lags: readonly number[];
  readonly end: string;
  /** `performance.now()`. */
  readonly endedAt: number;
  /** Final events that came: one. */
  readonly finals: number;
}

/** Sends requests as a client in another process does. */
export class LoadClient {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async upload(): Promise<string> {
    const picture = await encodeImage(await numberedPicture(0), { format: 'png' });
    const response = await fetch(`${this.#url}/images`, {
      method: 'POST',
      headers: { 'content-type': 'image/png' },
      body: Buffer.from(picture.bytes),
    });
    return z.object({ id: z.string() }).parse(await response.json()).id;
  }

  /** One job from the request to its last event. */
  async run(image: string): Promise<WatchedJob> {
    const { job, accepted } = await this.invoke(image);
    return { accepted, ...(await this.watch(job)) };
  }

  /** `accepted`: milliseconds from the request to the 202. */
  async invoke(image: string): Promise<{ readonly job: string; readonly accepted: number }> {
    const began = performance.now();
    const response = await fetch(`${this.#url}/agent/invoke`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ prompt: 'adjust 1', image }),
    });
    const body: unknown = await response.json();
    const accepted = performance.now() - began;
    if (response.status !== 202) throw new Error(`${response.status}: ${JSON.stringify(body)}`);
    return { job: acceptedSchema.parse(body).job_id, accepted };
  }

  async watch(job: string): Promise<Omit<WatchedJob, 'accepted'>> {
    const response = await fetch(`${this.#url}/jobs/${job}/events`);
    const lags: number[] = [];
    let end = 'none';
    let finals = 0;
    const opened = Date.now();
    const events = response.body?.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
    for await (const { data } of events ?? []) {
      const { status, at, seq } = eventSchema.parse(JSON.parse(data));
      // What happened before the stream was open is no lag.
      const date = at === undefined || seq === undefined ? undefined : Date.parse(at);
      if (date !== undefined && date >= opened) lags.push(Date.now() - date);
      if (status === 'success' || status === 'failure' || status === 'cancelled') {
        end = status;
        finals++;
      }
    }
    return { lags, end, finals, endedAt: performance.now() };
  }
}
