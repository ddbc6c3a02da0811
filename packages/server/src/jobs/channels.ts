import { z } from 'zod';
import type { JobEvent } from './events.ts';

/** Carries events to watchers in every process: `JOB EVENT`, or `JOB SEQ` where the event does not fit. */
export const eventsChannel = 'atelier_events';
/** Wakes workers and whoever waits: `queued`, `cancel JOB`, `answer JOB`. */
export const controlChannel = 'atelier_control';

/** Postgres takes payloads of less than 8,000 bytes. */
export const largestPayload = 7500;

export type EventMessage =
  | { readonly job: string; readonly event: JobEvent }
  /** Look it up. */
  | { readonly job: string; readonly seq: number };

const eventSchema = z.custom<JobEvent>((value) => typeof value === 'object' && value !== null && 'status' in value);

/** Undefined for what this package did not send. */
export function readEventMessage(payload: string): EventMessage | undefined {
  const space = payload.indexOf(' ');
  if (space < 0) return undefined;
  const job = payload.slice(0, space);
  try {
    const content: unknown = JSON.parse(payload.slice(space + 1));
    if (typeof content === 'number') return { job, seq: content };
    const event = eventSchema.safeParse(content);
    return event.success ? { job, event: event.data } : undefined;
  } catch {
    return undefined;
  }
}
