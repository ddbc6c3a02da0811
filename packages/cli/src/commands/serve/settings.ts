/** What `atelier serve` reads from the environment, in the order of `.env.example`; a test compares the two. */
export const serveVariables = [
  'ATELIER_HOST',
  'ATELIER_PORT',
  'ATELIER_PUBLIC_URL',
  'ATELIER_ALLOWED_HOSTS',
  'ATELIER_ALLOWED_ORIGINS',
  'ATELIER_IMAGE_HOSTS',
  'DATABASE_URL',
  'ATELIER_DIR',
  'ATELIER_S3_BUCKET',
  'ATELIER_S3_PREFIX',
  'ATELIER_S3_REGION',
  'ATELIER_S3_ENDPOINT',
  'ATELIER_JWKS_URL',
  'ATELIER_JWT_ISSUER',
  'ATELIER_JWT_AUDIENCE',
  'ATELIER_JWT_TENANT_CLAIM',
  'ATELIER_SECRET',
  'ATELIER_LOG_LEVEL',
  'ATELIER_LOG_PROMPTS',
  'ATELIER_WORKER',
  'ATELIER_SHUTDOWN_SECONDS',
] as const;

/** Numbers, with what they set. All are above 0; the meaning and the default of each stand with the option of the same name. */
export const limitVariables = {
  ATELIER_MAX_IMAGE_BYTES: 'maxImageBytes',
  ATELIER_MAX_IMAGE_PIXELS: 'maxImagePixels',
  ATELIER_REQUESTS_PER_MINUTE: 'requestsPerMinute',
  ATELIER_BODY_SECONDS: 'bodySeconds',
  ATELIER_VISION_AT_ONCE: 'visionAtOnce',
} as const;

export const jobVariables = {
  ATELIER_JOBS_PER_WORKER: 'perWorker',
  ATELIER_JOBS_AT_ONCE: 'atOnce',
  ATELIER_JOBS_PER_TENANT: 'perTenant',
  ATELIER_JOBS_QUEUED_PER_TENANT: 'queuedPerTenant',
  ATELIER_JOBS_WAITING_PER_TENANT: 'waitingPerTenant',
  ATELIER_JOB_ATTEMPTS: 'maxAttempts',
  ATELIER_STEP_SECONDS: 'stepSeconds',
  ATELIER_DEADLINE_SECONDS: 'deadlineSeconds',
  ATELIER_ANSWER_SECONDS: 'answerSeconds',
  ATELIER_TAKEOVER_SECONDS: 'takeoverSeconds',
  ATELIER_RETENTION_DAYS: 'retentionDays',
} as const;
