import { suggest } from '../../../suggest.ts';

/** What Atelier itself reads, beside the settings of the models. A test compares it with the sources. */
export const ourVariables = [
  'ATELIER_ALLOWED_HOSTS',
  'ATELIER_ALLOWED_ORIGINS',
  'ATELIER_ANSWER_SECONDS',
  'ATELIER_BODY_SECONDS',
  'ATELIER_BRAIN',
  'ATELIER_BRAIN_KEY',
  'ATELIER_BRAIN_MODEL',
  'ATELIER_BRAIN_PICTURES',
  'ATELIER_BRAIN_URL',
  'ATELIER_CACHE',
  'ATELIER_DEADLINE_SECONDS',
  'ATELIER_DEBUG',
  'ATELIER_DIR',
  'ATELIER_HOST',
  'ATELIER_IMAGE_HOSTS',
  'ATELIER_JOBS_AT_ONCE',
  'ATELIER_JOBS_PER_TENANT',
  'ATELIER_JOBS_PER_WORKER',
  'ATELIER_JOBS_QUEUED_PER_TENANT',
  'ATELIER_JOBS_WAITING_PER_TENANT',
  'ATELIER_JOB_ATTEMPTS',
  'ATELIER_JWKS_URL',
  'ATELIER_JWT_AUDIENCE',
  'ATELIER_JWT_ISSUER',
  'ATELIER_JWT_TENANT_CLAIM',
  'ATELIER_LOG_LEVEL',
  'ATELIER_LOG_PROMPTS',
  'ATELIER_MAX_IMAGE_BYTES',
  'ATELIER_MAX_IMAGE_PIXELS',
  'ATELIER_METRICS_URL',
  'ATELIER_PORT',
  'ATELIER_PUBLIC_URL',
  'ATELIER_REQUESTS_PER_MINUTE',
  'ATELIER_RETENTION_DAYS',
  'ATELIER_S3_BUCKET',
  'ATELIER_S3_ENDPOINT',
  'ATELIER_S3_PREFIX',
  'ATELIER_S3_REGION',
  'ATELIER_SECRET',
  'ATELIER_SHUTDOWN_SECONDS',
  'ATELIER_STEP_SECONDS',
  'ATELIER_TAKEOVER_SECONDS',
  'ATELIER_TRITON_TOKEN',
  'ATELIER_TRITON_URL',
  'ATELIER_VISION_AT_ONCE',
  'ATELIER_WORKER',
] as const;

export interface UnknownVariable {
  readonly name: string;
  /** The one that was probably meant. */
  readonly meant: string | undefined;
}

/** Variables that look like settings and that nobody reads. @param settings those that the models' settings are read from. */
export function unknownVariables(
  env: Readonly<Record<string, string | undefined>>,
  settings: readonly string[],
): UnknownVariable[] {
  const known = new Set([...ourVariables, ...settings]);
  const names = Object.keys(env).filter((name) => name.startsWith('ATELIER_') && env[name]?.trim() && !known.has(name));
  const choices = [...known].map((name) => name.toLowerCase());
  return names.sort().map((name) => ({ name, meant: suggest(name, choices)?.toUpperCase() }));
}
