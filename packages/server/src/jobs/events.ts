import type { LiveEvent, StoredEvent } from '@atelier/sdk';

/** A stored event of a job: `seq` counts from 1 without gaps (the SDK's own counts from 0). */
export type WireEvent = StoredEvent;

/** What watchers get: stored events, and live ones, which have no `seq` and may be lost. */
export type JobEvent = StoredEvent | LiveEvent;

/** Whether nothing follows. */
export const isFinalEvent = (
  event: JobEvent,
): event is Extract<StoredEvent, { status: 'success' | 'failure' | 'cancelled' }> =>
  event.status === 'success' || event.status === 'failure' || event.status === 'cancelled';
