import { APICallError } from '@ai-sdk/provider';
import { describe, expect, it } from 'vitest';
import { TritonClient } from '../client/client.ts';
import { ModelFailedError, RequestRejectedError, ServerUnavailableError, TimedOutError } from '../errors.ts';
import { toProviderError } from './call-error.ts';

const client = new TritonClient({ url: 'http://gpu-box:8000', token: 'secret-token' });
const told = (error: unknown, signal?: AbortSignal) => toProviderError(error, { client }, 'my model', signal);

describe('a TritonError for the core of the AI SDK', () => {
  it.each([
    [new ServerUnavailableError({ server: 'http://gpu-box:8000', status: 503, message: 'Busy.' }), true, 503],
    [new RequestRejectedError({ server: 'http://gpu-box:8000', status: 400, message: 'Wrong.' }), false, 400],
    [new ModelFailedError({ status: 'INTERNAL', message: 'Failed.' }), false, undefined],
    [new TimedOutError({ message: 'Late.' }), true, undefined],
  ])('%s', (error, isRetryable, statusCode) => {
    const mapped = told(error);
    if (!APICallError.isInstance(mapped)) throw mapped;
    expect(mapped).toMatchObject({ isRetryable, statusCode, url: 'http://gpu-box:8000/v2/models/my%20model' });
    expect(mapped.cause).toBe(error);
    expect(mapped.requestBodyValues).toEqual({ model: 'my model' });
  });

  it('keeps the hint and the words of the server, and no secret', () => {
    const mapped = told(new RequestRejectedError({ message: 'Wrong.', hint: 'Mend it.', serverMessage: 'bad shape' }));
    expect(mapped).toMatchObject({
      message: 'Wrong. Mend it.',
      responseBody: 'bad shape',
      data: { code: 'request-rejected' },
    });
    expect(JSON.stringify(mapped)).not.toContain('secret-token');
  });

  it('is the reason of the signal after an abort, and other errors as they are', () => {
    const reason = new Error('enough');
    expect(told(new TimedOutError({ message: 'Late.' }), AbortSignal.abort(reason))).toBe(reason);
    const other = new TypeError('mine');
    expect(told(other)).toBe(other);
  });
});
