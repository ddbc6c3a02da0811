import { AtelierError } from '@atelier/sdk/errors';

/** What is known of an error of the AWS SDK. */
interface Failure {
  /** S3's own word for it, such as `NoSuchBucket`; of a broken connection its errno. */
  readonly reason: string;
  /** Undefined where no answer came. */
  readonly status: number | undefined;
  readonly requestId: string | undefined;
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

export function failureOf(error: unknown): Failure {
  const metadata = field(error, '$metadata');
  const status = field(metadata, 'httpStatusCode');
  return {
    reason: text(field(error, 'code')) ?? text(field(error, 'name')) ?? 'Error',
    status: typeof status === 'number' ? status : undefined,
    requestId: text(field(metadata, 'requestId')),
  };
}

const denied =
  /^(AccessDenied|InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken|InvalidToken|TokenRefreshRequired|AllAccessDisabled|RequestTimeTooSkewed)$/;
const elsewhere =
  /^(PermanentRedirect|TemporaryRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraintException)$/;
const busy =
  /^(SlowDown|Throttling|ThrottlingException|RequestLimitExceeded|RequestTimeout|ConditionalRequestConflict|OperationAborted)$/;
const network = /^(E[A-Z_]+|TimeoutError|AbortError|UND_ERR_.+)$/;
const broken = /socket hang up|aborted|terminated|premature close|connection/i;

const isCutOff = (error: unknown, { reason }: Failure): boolean =>
  network.test(reason) || (error instanceof Error && broken.test(error.message));

/** Whether the connection broke, or never came to be. */
export const isNetworkFailure = (error: unknown): boolean => isCutOff(error, failureOf(error));

/**
 * What an error of the AWS SDK means here. The error itself is not kept: S3 repeats key ids and what was signed in its answers,
 * and they must not get into logs. The reason, status and request id are in `details`.
 */
export function s3Error(error: unknown, bucket: string): AtelierError {
  if (AtelierError.isInstance(error)) return error;
  const failure = failureOf(error);
  const { reason, status } = failure;
  const details = Object.fromEntries(Object.entries(failure).filter(([, value]) => value !== undefined));
  if (reason === 'NoSuchBucket') return noBucket(bucket, details);
  if (reason === 'CredentialsProviderError') return noCredentials(bucket, details);
  if (error instanceof Error && error.message === 'Region is missing') return noRegion(details);
  if (denied.test(reason) || status === 401 || status === 403) return accessDenied(bucket, details);
  if (elsewhere.test(reason) || status === 301 || status === 307) return otherRegion(bucket, details);
  if (busy.test(reason) || status === 429 || (status !== undefined && status >= 500))
    return unavailable(bucket, details);
  if (isCutOff(error, failure)) return unavailable(bucket, details);
  if (status !== undefined && status >= 400) return rejected(bucket, details);
  if (status !== undefined) return notS3(details);
  return new AtelierError({
    code: 'backend-failed',
    message: `The bucket "${bucket}" could not be used (${reason}).`,
    hint: 'Check `region`, `endpoint` and `credentials`, or the AWS_* variables of the environment.',
    details,
  });
}

type Details = Readonly<Record<string, unknown>>;

export const noBucket = (bucket: string, details: Details): AtelierError =>
  new AtelierError({
    code: 'not-found',
    message: `There is no bucket "${bucket}".`,
    hint: 'Create it, or check its name, `region` and `endpoint`.',
    details,
  });

const accessDenied = (bucket: string, details: Details): AtelierError =>
  new AtelierError({
    code: 'access-denied',
    message: `The bucket "${bucket}" may not be used with these credentials.`,
    hint: 'They need s3:GetObject, s3:PutObject and s3:DeleteObject on its objects, and s3:ListBucket on itself.',
    details,
  });

const noCredentials = (bucket: string, details: Details): AtelierError =>
  new AtelierError({
    code: 'access-denied',
    message: `No credentials were found for the bucket "${bucket}".`,
    hint: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile (AWS_PROFILE) or a role of the machine; or give `credentials`.',
    details,
  });

const noRegion = (details: Details): AtelierError =>
  new AtelierError({
    code: 'invalid-input',
    message: 'Nobody said in which region the bucket is.',
    hint: 'Set AWS_REGION, or give `region`.',
    details,
  });

const otherRegion = (bucket: string, details: Details): AtelierError =>
  new AtelierError({
    code: 'invalid-input',
    message: `The bucket "${bucket}" is in another region.`,
    hint: 'Set `region`, or AWS_REGION, to the region it was created in.',
    details,
  });

const unavailable = (bucket: string, details: Details): AtelierError =>
  new AtelierError({
    code: 'server-unavailable',
    message: `The store of the bucket "${bucket}" does not answer at the moment.`,
    hint: 'Try again in a few seconds.',
    isRetryable: true,
    details,
  });

const rejected = (bucket: string, details: Details): AtelierError =>
  new AtelierError({
    code: 'request-rejected',
    message: `The store of the bucket "${bucket}" refused the request.`,
    hint: 'The reason it gave is in the details. Check the name of the bucket and what its policies ask for.',
    details,
  });

const notS3 = (details: Details): AtelierError =>
  new AtelierError({
    code: 'response-invalid',
    message: 'What answers at the endpoint does not speak S3.',
    hint: 'Check `endpoint`: it is the address of the API, not of a console.',
    details,
  });
