import { Metadata, status } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import { originOf, type StatusOrigin } from './call-status.ts';
import { errorOfCall } from './error-of-call.ts';

const { UNAVAILABLE, INTERNAL, CANCELLED, RESOURCE_EXHAUSTED, UNKNOWN, DEADLINE_EXCEEDED } = status;
const server = 'http://gpu-box:8001';
const ofServer = (): Metadata => {
  const metadata = new Metadata();
  metadata.set('content-type', 'application/grpc');
  return metadata;
};

/** Of calls that had a stream of a connection, and no header of the server's with their status. */
const broken: readonly (readonly [number, string])[] = [
  [UNAVAILABLE, 'Connection dropped'],
  [UNAVAILABLE, 'read ECONNRESET'],
  [UNAVAILABLE, 'write ECONNRESET'],
  [UNAVAILABLE, 'read ETIMEDOUT'],
  [UNAVAILABLE, 'write EPIPE'],
  [UNAVAILABLE, 'socket hang up'],
  [UNAVAILABLE, 'Session closed with error code 2 (goaway)'],
  [UNAVAILABLE, 'words that nobody has seen yet'],
  [UNAVAILABLE, ''],
  [INTERNAL, 'Received RST_STREAM with code 0 (Call ended without gRPC status)'],
  [INTERNAL, 'Received RST_STREAM with code 2 (Internal server error)'],
  [INTERNAL, 'Received RST_STREAM with code 2 triggered by internal client error: Session closed with error code 2'],
  [
    INTERNAL,
    'Received RST_STREAM with code 2 triggered by internal client error: The pending stream has been canceled',
  ],
  [INTERNAL, 'Received RST_STREAM with code 1'],
  [INTERNAL, 'Write error: The stream has been destroyed'],
  [INTERNAL, 'The session has been destroyed'],
  [INTERNAL, 'words that nobody has seen yet'],
  [INTERNAL, ''],
  [UNAVAILABLE, 'Write failed with error write EPIPE'],
  [CANCELLED, 'Call cancelled'],
  [RESOURCE_EXHAUSTED, 'Bandwidth exhausted or memory limit exceeded'],
  [UNKNOWN, 'No status information received'],
];

describe('a call that had begun and ended without a word of the server', () => {
  it.each(broken)('was lost and may have run: %i "%s"', (code, details) => {
    expect(originOf({ code, details, metadata: new Metadata(), began: true })).toBe('broken');
    for (const wasSent of [true, false]) {
      const call = { code, details, metadata: new Metadata(), began: true, wasSent, timeoutMs: 1_000 };
      expect(errorOfCall(call, { server })).toMatchObject({ code: 'connection-lost', mayHaveRun: true });
    }
  });

  it('is told with words that are cut', () => {
    const call = { metadata: new Metadata(), began: true, wasSent: true, timeoutMs: 1_000, code: INTERNAL };
    expect(errorOfCall({ ...call, details: 'x'.repeat(60_000) }, { server }).message.length).toBeLessThan(500);
    expect(errorOfCall({ ...call, began: false, details: 'x'.repeat(60_000) }, { server }).message.length).toBeLessThan(
      500,
    );
  });

  it.each<readonly [number, string, StatusOrigin]>([
    [UNAVAILABLE, 'Stream refused by server', 'refused'],
    [UNAVAILABLE, 'Received HTTP status code 503', 'proxy'],
    [INTERNAL, 'Too many responses received', 'client'],
    [CANCELLED, 'Cancelled on client', 'client'],
    [RESOURCE_EXHAUSTED, 'Received message larger than max (20 vs 10)', 'client'],
    [DEADLINE_EXCEEDED, 'Deadline exceeded after 0.1s', 'client'],
    // In trailers behind a message there is nothing but the code that tells.
    [status.INVALID_ARGUMENT, 'it does not fit', 'server'],
    [UNKNOWN, 'who knows', 'server'],
  ])('is known by its words: %i "%s" is of %s', (code, details, origin) => {
    expect(originOf({ code, details, metadata: new Metadata(), began: true })).toBe(origin);
  });
});

describe('a status that came with headers of the server', () => {
  it.each(broken)('is the server\'s, whatever its words: %i "%s"', (code, details) => {
    expect(originOf({ code, details, metadata: ofServer(), began: true })).toBe('server');
  });

  it("is a proxy's by its whole words only", () => {
    const proxy = (details: string) => originOf({ code: UNAVAILABLE, details, metadata: ofServer(), began: true });
    expect(proxy('Received HTTP status code 503')).toBe('proxy');
    expect(proxy('Received HTTP requests beyond my quota')).toBe('server');
  });
});

it('a call that had no stream of a connection was not sent', () => {
  const call = (code: number) => originOf({ code, details: 'read ECONNRESET', metadata: new Metadata(), began: false });
  expect([UNAVAILABLE, INTERNAL].map(call)).toEqual(['unsent', 'unsent']);
  expect([CANCELLED, DEADLINE_EXCEEDED].map(call)).toEqual(['client', 'client']);
});
