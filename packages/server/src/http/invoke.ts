import { createHash, randomUUID } from 'node:crypto';
import { languageOf } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import { type ImageRequest, takeImage } from '../images/intake.ts';
import { isMultipart, readMultipart } from '../images/multipart.ts';
import type { JobRecord, JobRequest } from '../jobs/job.ts';
import { type InvokeFields, invokeSchema, readFormFields } from './invoke-schema.ts';
import { readJson } from './json-body.ts';
import { checkPicture } from './needs-picture.ts';
import type { AppContext } from './route-context.ts';

/** What was sent, before the picture is stored. */
interface Invocation {
  readonly fields: InvokeFields;
  readonly image: ImageRequest | undefined;
}

/** Reads the request, stores its picture and accepts the job. `created: false`: its Idempotency-Key made this one before. */
export async function invoke(c: AppContext): Promise<{ readonly job: JobRecord; readonly created: boolean }> {
  const services = c.get('services');
  const { tenant } = c.get('principal');
  const idempotencyKey = readIdempotencyKey(c);
  const { fields, image } = await readInvocation(c);
  await checkPicture(services, tenant, { session: fields.session, hasImage: image !== undefined });
  const stored = image && (await takeImage(services, tenant, image, c.req.raw.signal));
  const accepted = await services.jobs.create(tenant, {
    request: jobRequest(fields, stored?.id ?? null, services.settings.jobs.deadlineSeconds),
    idempotencyKey,
    requestHash: hashOf(fields, stored?.id ?? null),
  });
  const { job, created } = accepted;
  const prompt = services.settings.logPrompts ? { prompt: job.request.prompt } : {};
  services.logger.info({ requestId: c.get('requestId'), tenant, job: job.id, created, ...prompt }, 'job accepted');
  return accepted;
}

async function readInvocation(c: AppContext): Promise<Invocation> {
  if (isMultipart(c.req.raw.headers)) {
    const { maxImageBytes } = c.get('services').settings.limits;
    const { image, fields } = await readMultipart(c.req.raw, { maxImageBytes });
    return { fields: readFormFields(fields), image };
  }
  const { image, ...fields } = await readJson(c, invokeSchema);
  return { fields, image: image === undefined ? undefined : { reference: image } };
}

const jobRequest = (fields: InvokeFields, image: string | null, deadlineSeconds: number): JobRequest => ({
  prompt: fields.prompt,
  // The form that sessions of the SDK have.
  session: fields.session ?? `session_${randomUUID().replaceAll('-', '')}`,
  image,
  language: fields.language ?? languageOf(fields.prompt),
  approve: fields.approve ?? 'never',
  deadlineSeconds: fields.deadlineSeconds ?? deadlineSeconds,
  ...(fields.protect === undefined ? {} : { protect: fields.protect }),
  ...(fields.maxSteps === undefined ? {} : { maxSteps: fields.maxSteps }),
});

/** Of what was sent, not of what was filled in: a session that was made up here is another one each time. */
function hashOf(fields: InvokeFields, image: string | null): string {
  const { prompt, session, language, approve, protect, maxSteps, deadlineSeconds } = fields;
  const sent = [prompt, image, session, language, approve, protect, maxSteps, deadlineSeconds];
  return createHash('sha256')
    .update(JSON.stringify(sent.map((value) => value ?? null)))
    .digest('hex');
}

function readIdempotencyKey(c: AppContext): string | undefined {
  const key = c.req.header('idempotency-key');
  if (key === undefined || /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new AtelierError({
    code: 'invalid-input',
    message: 'This Idempotency-Key cannot be used.',
    hint: 'Send 1 to 255 visible ASCII characters without spaces, such as a UUID.',
  });
}
