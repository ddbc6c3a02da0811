import { AtelierError } from '@atelier/sdk/errors';

/** The prefix with a slash at its end; empty stays empty. */
export function safePrefix(prefix: string): string {
  const whole = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
  if (whole.length <= 512 && /^(?:[A-Za-z0-9_=-][A-Za-z0-9._=-]*\/)*$/.test(whole)) return whole;
  throw new AtelierError({
    code: 'invalid-input',
    message: `"${prefix.slice(0, 40)}" cannot begin the keys of a bucket.`,
    hint: 'Use names of letters, digits, dots, dashes, underscores and equals signs with slashes between them, such as "atelier/".',
  });
}

/** A bucket's name, or the ARN of an access point. */
export function safeBucket(bucket: string): string {
  if (/^(?:[A-Za-z0-9][A-Za-z0-9._-]{1,254}|arn:[A-Za-z0-9:/_-]{1,250})$/.test(bucket)) return bucket;
  throw new AtelierError({
    code: 'invalid-input',
    message: `"${bucket.slice(0, 40)}" cannot be the name of a bucket.`,
    hint: 'Use its name alone, without "s3://" and without a path.',
  });
}
