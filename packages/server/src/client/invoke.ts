import type { Language } from '@atelier/sdk';
import type { ProtectRequest } from '../jobs/job.ts';
import type { Connection } from './connection.ts';
import { bodyOf, type ImageSource } from './image-source.ts';

export interface InvokeOptions {
  /** What is to be done. @example 'remove the cup' */
  readonly prompt: string;
  /** The picture: a file, its bytes, the id of one that is stored, a data URL, or a URL that the server allows. Default: the session's current one. */
  readonly image?: ImageSource | undefined;
  /** The session to go on with, or a name for a new one. Default: a new one. */
  readonly session?: string | undefined;
  /** Of what people read. Default: the prompt's own. */
  readonly language?: Language | undefined;
  /** Which tool calls wait for a person's yes. Default `never`. */
  readonly approve?: 'edits' | 'never' | undefined;
  /** What no edit may change. @example ['faces', 'text', { phrase: 'the sign' }] */
  readonly protect?: readonly ProtectRequest[] | undefined;
  /** Most calls of the brain. Default 40. */
  readonly maxSteps?: number | undefined;
  /** Seconds until the job fails with `deadline-exceeded`, waits for people included. Default: the server's. */
  readonly deadlineSeconds?: number | undefined;
  /** Of several requests with one key, one makes a job. Default: a new key, so that trying again is safe. */
  readonly idempotencyKey?: string | undefined;
  /** Ends the call with the signal's reason; a job that was accepted goes on. */
  readonly signal?: AbortSignal | undefined;
}

/** What `POST /agent/invoke` answers at once. */
export interface Accepted {
  readonly job_id: string;
  readonly session: string;
}

export const invoke = (connection: Connection, options: InvokeOptions): Promise<Accepted> => {
  const { image, idempotencyKey = newKey(), signal, ...fields } = options;
  return connection.json<Accepted>('/agent/invoke', {
    method: 'POST',
    ...bodyOf(image, fields),
    headers: { 'idempotency-key': idempotencyKey },
    repeatable: true,
    signal,
  });
};

/** Names one request, so that sending it again is safe. Not `randomUUID`, which pages have over https alone. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
