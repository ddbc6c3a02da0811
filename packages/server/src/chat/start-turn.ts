import { createHash } from 'node:crypto';
import { languageOf } from '@atelier/sdk';
import { type ImageRequest, takeImage } from '../images/intake.ts';
import { isFinal, type JobRecord } from '../jobs/job.ts';
import type { JobService } from '../jobs/job-service.ts';
import type { Services } from '../services.ts';
import { type ChatRequest, readTurn } from './chat-request.ts';

export interface TurnContext {
  readonly services: Services;
  readonly tenant: string;
  /** What our own URLs begin with. */
  readonly origin: string;
  readonly signal: AbortSignal;
}

/** Makes a job of a chat's last message; the same message sent twice is one job, unless that failed. */
export async function startTurn(
  context: TurnContext,
  request: ChatRequest,
): Promise<{ readonly job: JobRecord; readonly created: boolean }> {
  const { services, tenant, signal } = context;
  const { session, prompt, picture, key } = readTurn(request);
  const { language = languageOf(prompt), approve } = request;
  const image =
    picture === undefined ? null : (await takeImage(services, tenant, sourceOf(picture, context), signal)).id;
  const hash = hashOf([...key, session, language, approve]);
  const made = await services.jobs.create(tenant, {
    request: { prompt, session, image, language, approve, deadlineSeconds: services.settings.jobs.deadlineSeconds },
    idempotencyKey: `chat-${hash}`,
    requestHash: hash,
  });
  const { state } = made.job;
  if (made.created || (state !== 'failed' && state !== 'cancelled')) return made;
  return { job: await again(services.jobs, tenant, made.job), created: false };
}

/** A turn that is sent once more after it failed is tried once more, unless that is under way already. */
async function again(jobs: JobService, tenant: string, { id, session }: JobRecord): Promise<JobRecord> {
  const { jobs: latest } = await jobs.list(tenant, { session, limit: 20 });
  return latest.find((job) => job.retryOf === id && !isFinal(job.state)) ?? jobs.retry(tenant, id);
}

/**
 * Our own pictures are looked up by their id, under whoever asks. Ours are URLs below our own address, and those that we signed
 * for this tenant, whatever name this server had then.
 */
function sourceOf(picture: string, { services, tenant, origin }: TurnContext): ImageRequest {
  if (/^data:/i.test(picture)) return { reference: picture };
  const url = URL.parse(picture, `${origin}/`);
  const id = /\/images\/(img_[0-9a-f]{32})$/.exec(url?.pathname ?? '')?.[1];
  if (!url || id === undefined) return { reference: picture };
  const isBelow = picture.startsWith(`/images/${id}`) || picture.startsWith(`${origin}/images/${id}`);
  const isSigned = services.signer.readImagePath(id, url.searchParams)?.tenant === tenant;
  return { reference: isBelow || isSigned ? id : picture };
}

const hashOf = (parts: readonly unknown[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex');
