import type { ChatEdit } from '../client/ui-message.ts';
import type { JobEventView, StoredEventView } from '../http/event-schemas.ts';
import type { JobView } from '../http/job-schemas.ts';
import type { AtelierChunk } from './ui-stream.ts';

export type StreamedJob = Pick<JobView, 'job_id' | 'session' | 'urls'>;

type NotText = Exclude<JobEventView, { status: 'token' }>;
type QuestionEvent = Extract<StoredEventView, { status: 'question' }>;
type FinalEvent = Extract<StoredEventView, { status: 'success' | 'failure' | 'cancelled' }>;
type Chunks = Generator<AtelierChunk, void, undefined>;

/** The typed data parts of a job's message, each under one id, so that later ones take the place of earlier ones. */
export function dataOf(job: StreamedJob): { next(event: NotText): Chunks } {
  let state: JobView['state'] | undefined;
  let asked: QuestionEvent | undefined;
  let previewUrl: string | undefined;
  return {
    *next(event) {
      // Live progress says nothing of the job's state: it may be older than what is stored.
      const isLive = !('seq' in event);
      const now = isLive ? state : stateAfter(event);
      if (now !== undefined && now !== state) {
        state = now;
        yield jobPart(job, state);
      }
      if (asked && !isLive) {
        yield questionPart(job, asked, false);
        asked = undefined;
      }
      if (event.status === 'progress' && event.state !== 'running') previewUrl = event.previewUrl ?? previewUrl;
      yield progressPart(event, previewUrl);
      if (event.status === 'plan') yield { type: 'data-plan', id: 'plan', data: { steps: event.steps } };
      if (event.status === 'question') {
        asked = event;
        yield questionPart(job, event, true);
      }
      if (isFinal(event)) yield* imagePart(event);
    },
  };
}

const isFinal = (event: NotText): event is FinalEvent =>
  event.status === 'success' || event.status === 'failure' || event.status === 'cancelled';

const states = {
  queued: 'queued',
  question: 'waiting',
  success: 'succeeded',
  failure: 'failed',
  cancelled: 'cancelled',
} as const;

const stateAfter = ({ status }: StoredEventView): JobView['state'] =>
  status === 'plan' || status === 'progress' ? 'running' : states[status];

const jobPart = ({ job_id: jobId, session, urls }: StreamedJob, state: JobView['state']): AtelierChunk => ({
  type: 'data-job',
  id: 'job',
  data: { jobId, session, state, urls },
});

const progressPart = ({ stage, progress, message }: NotText, previewUrl: string | undefined): AtelierChunk => ({
  type: 'data-progress',
  id: 'progress',
  data: { stage, progress, message, ...(previewUrl === undefined ? {} : { previewUrl }) },
});

function questionPart(job: StreamedJob, event: QuestionEvent, isOpen: boolean): AtelierChunk {
  const { seq: _seq, at: _at, stage: _stage, progress: _progress, status: _status, ...question } = event;
  const answer = {
    method: 'POST',
    url: job.urls.answer,
    body: { question: event.id },
    add: event.kind === 'choice' ? 'choice' : 'approved',
  } as const;
  return { type: 'data-question', id: event.id, data: { ...question, isOpen, answer } };
}

function* imagePart(event: FinalEvent): Chunks {
  const { outputImage: id, output_image_url: url } = event;
  if (id === null || url === null) return;
  const verified = event.status === 'success' && event.verified;
  yield { type: 'data-image', id: 'image', data: { id, url, verified, edits: event.edits.map(shortEdit) } };
}

const shortEdit = ({ id, tool, label, verified, receipt }: FinalEvent['edits'][number]): ChatEdit => ({
  id,
  tool,
  ...(label === undefined ? {} : { label }),
  verified: verified.ok,
  reason: verified.reason,
  backend: receipt.backend,
  model: receipt.model,
  changedOutsideMask: receipt.changedOutsideMask,
  changedInsideMask: receipt.changedInsideMask,
});
