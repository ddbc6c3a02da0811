import type { JobEvent, JobHandle } from '@atelier/server/client';
import type { JobView } from '../../jobs/job-board.ts';
import { jobView } from './api-job-view.ts';

export interface FollowedJob {
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number | undefined;
  /** Whether there is nothing more to wait for. */
  readonly isOver: (view: JobView) => boolean;
  /** Told the job as it is, again and again. */
  readonly tell: (view: JobView) => void;
}

/** The longest that a timer runs, in milliseconds; longer ones fire at once. */
const longestTimer = 2 ** 31 - 1;

/** Watches the job's events until it is over, or the time is. Rejects as the client does. */
export async function followJob(job: JobHandle, { signal, timeoutMs, isOver, tell }: FollowedJob): Promise<JobView> {
  const late =
    timeoutMs === undefined ? undefined : AbortSignal.timeout(Math.min(Math.max(timeoutMs, 0), longestTimer));
  const stops = [signal, late].filter((stop) => stop !== undefined);
  const now = async (): Promise<JobView> => {
    const view = jobView(await job.get({ signal }));
    tell(view);
    return view;
  };
  const first = await job.get({ signal });
  let view = jobView(first);
  tell(view);
  try {
    // Another connection's answer may have come meanwhile: what is shown in the end is the job itself.
    for (let after = first.lastSeq; !isOver(view) && !late?.aborted; view = await now()) {
      const stop = stops.length === 0 ? undefined : AbortSignal.any(stops);
      for await (const event of job.events({ after, signal: stop })) {
        if ('seq' in event) after = event.seq;
        if (isTurn(event)) break;
        view = { ...view, ...seenIn(event) };
        tell(view);
      }
    }
    return view;
  } catch (error) {
    if (late?.aborted && !signal?.aborted) return now();
    throw error;
  }
}

/** After these the job itself says what it is. */
const isTurn = ({ status }: JobEvent): boolean =>
  status === 'question' || status === 'success' || status === 'failure' || status === 'cancelled';

function seenIn(event: JobEvent): Partial<JobView> {
  if (event.status === 'token') return {};
  const { status, progress, message } = event;
  return { progress, message, ...(status === 'queued' ? {} : { state: 'running' as const }) };
}
