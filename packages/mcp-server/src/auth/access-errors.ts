import { AtelierError } from '@atelier/sdk/errors';

export const newTokenHint = 'Get a new token from your identity provider and send it as "Authorization: Bearer ...".';

/** 401. Neither sentence may tell more than its reader has proven to know. */
export const accessDenied = (message: string, hint: string, cause?: unknown): AtelierError =>
  new AtelierError({ code: 'access-denied', message, hint, ...(cause === undefined ? {} : { cause }) });

export const invalidInput = (message: string, hint: string): AtelierError =>
  new AtelierError({ code: 'invalid-input', message, hint });

/** 503: what credentials are checked with does not answer. */
export const checkAway = (message: string, cause?: unknown): AtelierError =>
  new AtelierError({
    code: 'server-unavailable',
    message,
    hint: 'Try again in a few seconds.',
    isRetryable: true,
    ...(cause === undefined ? {} : { cause }),
  });

/** Keys and tokens travel as `token68` (RFC 6750): one word, nothing that a header could not carry. */
export const isBearer = (text: string): boolean => /^[\w\-.~+/]+=*$/.test(text);
