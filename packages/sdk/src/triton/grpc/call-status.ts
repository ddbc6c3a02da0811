import { type Metadata, status } from '@grpc/grpc-js';

/** How a call ended that did not end well, as far as grpc-js tells. */
export interface CallStatus {
  readonly code: number;
  readonly details: string;
  /** What came with the server's status. grpc-js makes an empty one where the status is its own. */
  readonly metadata: Metadata;
  /** Whether the call is known to have had a stream of a connection. One that is given up here does not say so. */
  readonly began: boolean;
  /** Whether there was a connection for it, so that the server may have heard of it. */
  readonly wasSent: boolean;
  /** What the caller gave it. */
  readonly timeoutMs: number;
}

/**
 * Who said it, and when:
 * - `unsent`: no connection, so nothing was sent;
 * - `broken`: the connection or the stream ended without a status, so it may have run; unknown words mean this too;
 * - `refused`: the server turned the stream away before it looked at it;
 * - `proxy`: something between answered with a plain HTTP status;
 * - `client`: grpc-js, for a reason that `code` tells (deadline, message size, cancelled);
 * - `server`: the server itself.
 */
export type StatusOrigin = 'unsent' | 'broken' | 'refused' | 'proxy' | 'client' | 'server';

const proxyWords = /^Received HTTP status code \d+$/;

/** Statuses that grpc-js makes up begin with these words (version 1.14: subchannel-call, resolving-call, the filters). */
const words: readonly (readonly [StatusOrigin, RegExp])[] = [
  ['refused', /^Stream refused by server$/],
  ['proxy', proxyWords],
  ['broken', /^(Connection dropped$|Write error: |Write failed with error |Received RST_STREAM with code )/],
  ['broken', /^(read|write) (ECONNRESET|ETIMEDOUT|EPIPE)\b|^socket hang up$/],
  ['broken', /^(No status information received|Call cancelled|Bandwidth exhausted or memory limit exceeded)$/],
  ['client', /^Deadline exceeded( after |$)/],
  [
    'client',
    /^(Received message (larger than max|that decompresses)|Received compressed message|Failed to decompress)/,
  ],
  ['client', /^(No message received|Too many responses received|Cancelled on client)$/],
];

/** What grpc-js calls a connection that ends: its words are then those of Node and of the system, which nobody can list. */
const brokenCodes: readonly number[] = [status.UNAVAILABLE, status.INTERNAL];

export function originOf({ code, details, metadata, began }: Omit<CallStatus, 'timeoutMs' | 'wasSent'>): StatusOrigin {
  if (!began) return code === status.DEADLINE_EXCEEDED || code === status.CANCELLED ? 'client' : 'unsent';
  // Headers of the server's own are proof; a status in trailers behind a message comes without them.
  if (Object.keys(metadata.getMap()).length > 0) return proxyWords.test(details) ? 'proxy' : 'server';
  const known = words.find(([, pattern]) => pattern.test(details))?.[0];
  return known ?? (brokenCodes.includes(code) ? 'broken' : 'server');
}
