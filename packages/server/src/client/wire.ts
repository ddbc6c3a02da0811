// The server's schemas are the one definition of what travels; only their types come here.
import type { z } from 'zod';
import type { JobEventView, StoredEventView } from '../http/event-schemas.ts';
import type { JobView, JobUrls as Urls } from '../http/job-schemas.ts';
import type { imageInfoSchema } from '../http/schemas.ts';
import type { historySchema, sessionEntrySchema, sessionSchema, undoneSchema } from '../sessions/session-schemas.ts';

/** A job as its JSON. */
export type Job = JobView;
export type JobUrls = Urls;
export type JobState = Job['state'];

/** What streams of a job send: stored events with `seq`, and live ones (`token`, `state: 'running'`) without, which may be lost. */
export type JobEvent = JobEventView;
export type StoredJobEvent = StoredEventView;

/** What a person is asked. */
export type JobQuestion = Extract<StoredJobEvent, { status: 'question' }>;

/** A stored picture. `url` is signed, read-only, and valid for an hour. */
export type ImageInfo = z.infer<typeof imageInfoSchema>;

/** A session: its pictures, where it is, and the job at work. */
export type SessionInfo = z.infer<typeof sessionSchema>;
/** A session in the list of one's own. */
export type SessionEntry = z.infer<typeof sessionEntrySchema>;
/** Every edit of a session as a graph. */
export type SessionHistory = z.infer<typeof historySchema>;
export type Undone = z.infer<typeof undoneSchema>;
