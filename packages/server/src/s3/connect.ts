import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';

export interface S3Connection {
  /** Default: as the AWS SDK finds it (`AWS_REGION`, profile); with an endpoint `us-east-1`, which other servers ignore. */
  readonly region?: string | undefined;
  /** For other servers that speak S3. @example 'https://minio.example.org' */
  readonly endpoint?: string | undefined;
  /** `ENDPOINT/BUCKET/KEY` instead of `BUCKET.ENDPOINT/KEY`: most servers other than AWS want it. Default: true with an endpoint. */
  readonly forcePathStyle?: boolean | undefined;
  /** Default: as the AWS SDK finds them (environment, profile, role of the machine). */
  readonly credentials?: S3ClientConfig['credentials'] | undefined;
}

/** Milliseconds. Without them a server that hangs would hang whoever waits for a picture. */
const timeouts = { connectionTimeout: 5_000, socketTimeout: 30_000 };

export function connect({ region, endpoint, forcePathStyle, credentials }: S3Connection): S3Client {
  const place = region ?? (endpoint === undefined ? undefined : (process.env.AWS_REGION ?? 'us-east-1'));
  return new S3Client({
    maxAttempts: 4,
    requestHandler: timeouts,
    forcePathStyle: forcePathStyle ?? endpoint !== undefined,
    // Servers that know no checksums but the oldest refuse requests with newer ones; TLS and signatures protect the rest.
    ...(endpoint === undefined
      ? {}
      : { endpoint, requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' }),
    ...(place === undefined ? {} : { region: place }),
    ...(credentials === undefined ? {} : { credentials }),
  });
}
