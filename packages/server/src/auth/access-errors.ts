import { AtelierError } from '@atelier/sdk/errors';

/** What to do where a key is missing or wrong. */
export const makeKeyHint = 'Send "Authorization: Bearer atl_..."; make a key with: atelier keys create';
export const newTokenHint = 'Get a new token from your identity provider and send it as "Authorization: Bearer ...".';

/** 401. Neither sentence may tell more than its reader has proven to know. */
export const accessDenied = (message: string, hint: string, cause?: unknown): AtelierError =>
  new AtelierError({ code: 'access-denied', message, hint, ...(cause === undefined ? {} : { cause }) });

export const invalidInput = (message: string, hint: string): AtelierError =>
  new AtelierError({ code: 'invalid-input', message, hint });
