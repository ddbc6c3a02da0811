import { status } from '@grpc/grpc-js';
import { type CallContext, errorOfEvent, errorOfStatus, queueWords, shorten } from '../error-of-status.ts';
import {
  AccessDeniedError,
  CertificateInvalidError,
  ConnectionLostError,
  ResponseInvalidError,
  ResponseTooLargeError,
  ServerUnavailableError,
  ServerUnreachableError,
  TimedOutError,
  type TritonError,
} from '../errors.ts';
import { type CallStatus, originOf } from './call-status.ts';

/** The typed error of a call that ended with a status other than OK. */
export function errorOfCall(call: CallStatus, context: CallContext): TritonError {
  switch (originOf(call)) {
    case 'unsent':
      return unsent(call.details, context);
    case 'broken':
      return new ConnectionLostError({
        ...context,
        message: `The connection to ${context.server} broke during a call: ${shorten(call.details) || 'no reason is given'}.`,
        hint: 'It may have run. Calls marked `idempotent` are tried again.',
      });
    case 'refused':
      return new ServerUnavailableError({
        ...context,
        message: `${context.server} refused the call before looking at it: it is stopping or overloaded.`,
        mayHaveRun: false,
      });
    case 'proxy':
      return ofProxy(call, context);
    case 'client':
      return ofClient(call, context);
    case 'server':
      return ofServer(call, context);
  }
}

/** The HTTP statuses that Triton itself has for the same faults; `errorOfStatus` knows its words by them. */
const httpStatuses: Readonly<Record<number, number>> = {
  [status.INVALID_ARGUMENT]: 400,
  [status.OUT_OF_RANGE]: 400,
  [status.FAILED_PRECONDITION]: 400,
  [status.ALREADY_EXISTS]: 400,
  [status.UNAUTHENTICATED]: 401,
  [status.PERMISSION_DENIED]: 403,
  [status.UNIMPLEMENTED]: 501,
  [status.UNAVAILABLE]: 503,
  [status.DEADLINE_EXCEEDED]: 504,
};

const unknownModel = /^(\[request id: [^\]]*\] )?Request for unknown model/;

function ofServer({ code, details }: Pick<CallStatus, 'code' | 'details'>, context: CallContext): TritonError {
  const terms = {
    name: status[code] ?? String(code),
    hint: details.trim() === '' ? hintWithoutWords(code) : undefined,
  };
  if (code === status.RESOURCE_EXHAUSTED) {
    return errorOfStatus(/message larger than max/i.test(details) ? 413 : 429, details, context, terms);
  }
  if (code === status.NOT_FOUND && unknownModel.test(details)) return errorOfStatus(404, details, context, terms);
  // Other things that are NOT_FOUND are missed by models only.
  return errorOfStatus(httpStatuses[code] ?? 500, details, context, terms);
}

/**
 * Triton always says why, but Node's HTTP/2 drops header values that begin or end in a space, as many of Triton's words do
 * (shapes and datatypes that do not fit). What turns that off, `strictFieldWhitespaceValidation`, grpc-js does not pass on.
 */
function hintWithoutWords(code: number): string {
  const check =
    code === status.INVALID_ARGUMENT ? " Check names, shapes and datatypes against the model's config." : '';
  return `The server's words did not arrive: Node drops those that end in a space.${check} Over HTTP they do arrive.`;
}

/** Words of the server's own checks and queues, which a stream carries without their status. */
const streamWords: readonly (readonly [number, RegExp])[] = [
  [
    status.INVALID_ARGUMENT,
    /^(\[request id: [^\]]*\] )?(unexpected|expected \d+|inference (input|output)|input byte size|input '|missing)/i,
  ],
  [status.UNAVAILABLE, queueWords],
  [status.NOT_FOUND, unknownModel],
];

/** The typed error of a message in a stream that says what went wrong. */
export function errorOfStreamText(text: string, context: CallContext): TritonError {
  const known = streamWords.find(([, pattern]) => pattern.test(text));
  return known ? ofServer({ code: known[0], details: text }, context) : errorOfEvent(text, context);
}

const certificateWords = /certificate|altnames|self-signed|unable to (get|verify)|unknown ca/i;
const alertWords = /alert|certificate required/i;

function unsent(details: string, context: CallContext): TritonError {
  const { server } = context;
  const why = shorten(reasonOf(details));
  const options = { ...context, status: 'UNAVAILABLE' };
  if (!certificateWords.test(why)) {
    const tls = server.startsWith('https:')
      ? 'speaks TLS, and whether it asks for a certificate of yours'
      : 'speaks TLS';
    return new ServerUnreachableError({
      ...options,
      message: `${server} cannot be reached over gRPC: ${why}.`,
      hint: `Is the server running, and the port its gRPC port (8001 by default)? See also whether it ${tls}.`,
    });
  }
  if (alertWords.test(why)) {
    const message = `${server} does not accept the client's certificate, or wants one: ${why}.`;
    return new CertificateInvalidError({ ...options, message, hint: 'Give `tls.cert` and `tls.key`.' });
  }
  return new CertificateInvalidError({
    ...options,
    message: `The certificate of ${server} is not one to trust: ${why}.`,
    hint: 'Give its authority as `tls.ca`; where its name is not the host of the url, `tls.serverName`.',
  });
}

/** "No connection established. Last error: <the socket's> (<date>). Resolution note: ..." */
function reasonOf(details: string): string {
  const [, last = details] = /Last error: (.*?)(?:\. Resolution note:.*)?$/s.exec(details) ?? [];
  const why = last.replace(/ \(\d{4}-[^)]*\)$/, '').replace(/^Error: /, '');
  // OpenSSL's own: "<thread>:error:<number>:SSL routines:<function>:<reason>:<file>:<line>:"
  return /:SSL routines:[^:]*:([^:]+)/.exec(why)?.[1] ?? (why.trim() || 'no connection');
}

function ofProxy({ code, details }: CallStatus, context: CallContext): TritonError {
  const httpStatus = Number(/\d+$/.exec(details)?.[0]);
  const options = {
    ...context,
    status: httpStatus,
    message: `${context.server} answered a gRPC call with the HTTP status ${httpStatus}.`,
    hint: 'Is this the gRPC port? A proxy in between must speak HTTP/2 on both sides.',
  };
  if (code === status.UNAUTHENTICATED || code === status.PERMISSION_DENIED) return new AccessDeniedError(options);
  if (code === status.UNAVAILABLE) return new ServerUnavailableError(options);
  return new ResponseInvalidError(options);
}

function ofClient({ code, details, wasSent, timeoutMs }: CallStatus, context: CallContext): TritonError {
  const { server } = context;
  const options = { ...context, status: status[code] ?? String(code) };
  if (code === status.DEADLINE_EXCEEDED) return timedOut({ wasSent, timeoutMs }, context);
  if (code === status.RESOURCE_EXHAUSTED) {
    return new ResponseTooLargeError({
      ...options,
      message: `The response of ${server} is larger than maxResponseBytes: ${shorten(details)}.`,
      hint: 'Ask for fewer outputs, or raise maxResponseBytes.',
    });
  }
  if (code === status.CANCELLED) {
    const message = `The client of ${server} was closed during the call.`;
    if (wasSent) return new ConnectionLostError({ ...options, message, hint: 'It may have run.' });
    return new ServerUnreachableError({ ...options, message: `${server} cannot be reached: the client was closed.` });
  }
  return new ResponseInvalidError({
    ...options,
    message: `The answer of ${server} is not gRPC as it should be: ${shorten(details)}.`,
    hint: 'Is this the gRPC port of a Triton server?',
  });
}

/** The time given by the caller is over. The call is cancelled, so a server that has heard of it is told to stop. */
export function timedOut(
  { wasSent, timeoutMs }: Pick<CallStatus, 'wasSent' | 'timeoutMs'>,
  context: CallContext,
): TimedOutError {
  const { server } = context;
  const time = `${Math.round(timeoutMs)} ms`;
  const options = { ...context, status: 'DEADLINE_EXCEEDED' };
  if (!wasSent) {
    const message = `No connection to ${server} was there within ${time}: the request was not sent.`;
    const hint = 'Is the server running, and the port its gRPC port?';
    return new TimedOutError({ ...options, message, hint, mayHaveRun: false });
  }
  return new TimedOutError({
    ...options,
    message: `${server} did not answer within ${time}.`,
    hint: 'The server was told to stop; what a model does in between two looks at it goes on. `timeoutMs` allows more time.',
  });
}
