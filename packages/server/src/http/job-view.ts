import { isFinal, type JobRecord, type QuestionEvent } from '../jobs/job.ts';
import type { Services } from '../services.ts';
import { failureTexts, imageUrl, questionOf } from './event-view.ts';
import type { JobUrls, JobView } from './job-schemas.ts';

/** Where a job is reached. `origin` has no slash at the end. */
export const jobUrls = (origin: string, id: string): JobUrls => ({
  self: `${origin}/jobs/${id}`,
  events: `${origin}/jobs/${id}/events`,
  webSocket: `${origin.replace(/^http/, 'ws')}/ws/${id}`,
  cancel: `${origin}/jobs/${id}/cancel`,
  answer: `${origin}/jobs/${id}/answer`,
  chat: `${origin}/chat/${id}/stream`,
});

/** A job as its JSON. */
export const jobView = (services: Services, origin: string, job: JobRecord): JobView => ({
  job_id: job.id,
  session: job.session,
  state: job.state,
  prompt: job.request.prompt,
  language: job.request.language,
  image: job.request.image,
  imageUrl: job.request.image === null ? null : imageUrl(services, origin, job.tenant, job.request.image),
  createdAt: job.createdAt.toISOString(),
  startedAt: job.startedAt?.toISOString() ?? null,
  finishedAt: job.finishedAt?.toISOString() ?? null,
  deadlineAt: job.deadlineAt.toISOString(),
  attempts: job.attempts,
  lastSeq: job.lastSeq,
  progress: job.progress,
  message: job.final?.status === 'failure' ? failureTexts(job.final, job).message : job.message,
  question: questionView(services, origin, job),
  ...outcome(job, (id) => imageUrl(services, origin, job.tenant, id)),
  retryOf: job.retryOf,
  urls: jobUrls(origin, job.id),
});

const openQuestion = ({ state, question }: JobRecord): QuestionEvent | null => (isFinal(state) ? null : question);

function questionView(services: Services, origin: string, job: JobRecord): JobView['question'] {
  const question = openQuestion(job);
  return question && questionOf(question, (id) => imageUrl(services, origin, job.tenant, id));
}

type Outcome = Pick<
  JobView,
  'answer' | 'verified' | 'changed' | 'outputImage' | 'output_image_url' | 'edits' | 'notDone' | 'error'
>;

function outcome(job: JobRecord, urlOf: (id: string) => string): Outcome {
  const { final } = job;
  const success = final?.status === 'success' ? final : undefined;
  return {
    answer: success?.answer ?? null,
    verified: success?.verified ?? null,
    changed: final && final.outputImage !== null,
    outputImage: final?.outputImage ?? null,
    output_image_url: final && final.outputImage !== null ? urlOf(final.outputImage) : null,
    edits: final && [...final.edits],
    notDone: success?.notDone ?? null,
    error: final?.status === 'failure' ? failureTexts(final, job).error : null,
  };
}
