import { describe, expect, it } from 'vitest';
import { errorOfEvent, errorOfStatus } from './error-of-status.ts';

const context = { server: 'http://gpu-box:8000', model: 'm' };

/** Texts of Triton 2.51 unless said otherwise. */
const cases: readonly [number, string, string][] = [
  [400, '', 'request-rejected'],
  [400, 'Model version not ready', 'model-not-ready'],
  [404, "Request for unknown model: 'm' has no available versions", 'model-not-ready'],
  [404, "Request for unknown model: 'm' is not found", 'model-not-found'],
  [404, "Request for unknown model: 'm' version 9 is not found", 'model-not-found'],
  [400, "requested model 'm' is not available", 'model-not-found'],
  [400, 'Request for unknown model : m', 'model-not-found'],
  [500, "failed to load 'm', failed to poll from model repository", 'model-not-found'],
  [501, "HTTP end point doesn't support models with decoupled transaction policy", 'request-unsupported'],
  [
    400,
    "[request id: <id_unknown>] unexpected shape for input 'X' for model 'm'. Expected [-1], got [2,2]. ",
    'request-rejected',
  ],
  [
    400,
    "[request id: <id_unknown>] inference input 'X' data-type is 'INT32', but model 'm' expects 'FP32'",
    'request-rejected',
  ],
  [500, "Unable to parse 'shape': attempt to access JSON non-unsigned-integer as unsigned-integer", 'request-rejected'],
  [500, 'Unable to parse JSON bytes array: attempt to access JSON non-string as string', 'request-rejected'],
  [500, 'failed to parse the request JSON buffer: Missing a name for object member. at 1', 'request-rejected'],
  [500, "Failed to process the request(s) for model 'm', message: Unable to parse 'shape'", 'model-failed'],
  [403, "This API is restricted, expecting header 'admin-key'", 'access-denied'],
  [503, "This protocol is restricted, expecting header 'triton-grpc-protocol-admin-key'", 'access-denied'],
  [401, '', 'access-denied'],
  [404, 'Not Found', 'request-unsupported'],
  [404, '<html>no such page', 'request-unsupported'],
  [404, 'the model has no such speaker', 'model-failed'],
  [405, 'Method Not Allowed', 'request-unsupported'],
  // 2.73
  [
    400,
    'request JSON size of 70000000 bytes exceeds the maximum allowed input size of 67108864 bytes. Use --http-max-input-size to increase the limit.',
    'request-too-large',
  ],
  [413, '<html>Request Entity Too Large</html>', 'request-too-large'],
  [404, 'image-not-cached: 0a1b', 'image-not-cached'],
  [503, 'Exceeds maximum queue size', 'server-unavailable'],
  [429, '', 'server-unavailable'],
  [502, '<html>', 'connection-lost'],
  [504, '<html>', 'timed-out'],
  [500, 'CUDA out of memory', 'model-failed'],
  [302, '', 'response-invalid'],
];

describe('errorOfStatus', () => {
  it.each(cases)('takes %i %j for %s', (status, text, code) => {
    const error = errorOfStatus(status, text, context);
    expect(error).toMatchObject({ code, status, server: context.server, model: 'm', serverMessage: text.trim() });
    expect(error.message).toContain('gpu-box');
  });

  it('calls the status as another transport does, and gives its hint where there is none', () => {
    const terms = { name: 'INVALID_ARGUMENT', hint: 'look there' };
    expect(errorOfStatus(400, '', context, terms)).toMatchObject({ status: 'INVALID_ARGUMENT', hint: 'look there' });
    expect(errorOfStatus(401, '', context, terms).hint).toContain('token');
  });

  it('cuts long words', () => {
    const error = errorOfStatus(500, 'x'.repeat(5_000), context);
    expect(error.serverMessage).toHaveLength(2_000);
    expect(error.message.length).toBeLessThan(400);
  });

  it('keeps when to ask again', () => {
    expect(errorOfStatus(503, '', { ...context, retryAfterMs: 2_000 })).toMatchObject({ retryAfterMs: 2_000 });
  });
});

describe('errorOfEvent', () => {
  it('knows the one error that the client answers itself', () => {
    const dead = "Stub process 'owlv2_0_0' is not healthy.";
    for (const error of [errorOfEvent(dead, context), errorOfStatus(500, dead, context)]) {
      expect(error).toMatchObject({
        code: 'model-not-ready',
        hint: expect.stringContaining('unload'),
        mayHaveRun: true,
      });
    }
    expect(errorOfEvent('image-not-cached: 0a1b', context)).toMatchObject({ code: 'image-not-cached' });
    expect(errorOfEvent('invalid-input: STEPS is 0.', context)).toMatchObject({ code: 'request-rejected' });
    expect(errorOfEvent('unavailable: no memory', context)).toMatchObject({
      code: 'server-unavailable',
      mayHaveRun: true,
    });
    expect(errorOfEvent('it said invalid-input: no', context)).toMatchObject({ code: 'model-failed' });
    expect(errorOfEvent('unknown model', context)).toMatchObject({
      code: 'model-failed',
      serverMessage: 'unknown model',
    });
  });
});
