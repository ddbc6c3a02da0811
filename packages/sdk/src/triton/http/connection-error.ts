import { errors } from 'undici';
import { type CallContext, shorten } from '../error-of-status.ts';
import {
  CertificateInvalidError,
  ConnectionLostError,
  InvalidInputError,
  ResponseInvalidError,
  ServerUnreachableError,
  type TritonError,
} from '../errors.ts';

/** undici's words for a pool that was ended by its owner. */
const closedHere = new Set(['UND_ERR_DESTROYED', 'UND_ERR_CLOSED']);
const certificateCodes =
  /^(ERR_TLS_CERT_|CERT_|ERR_OSSL_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT|UNABLE_TO_(GET|VERIFY)|INVALID_(CA|PURPOSE)$|HOSTNAME_MISMATCH|PATH_LENGTH_EXCEEDED)/;
/** The server does not accept the client's certificate, or wants one. */
const refusedByServer = /^ERR_SSL_.*(CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED|HANDSHAKE_FAILURE)/;

/**
 * The error of a connection. `sent`: bytes of the request were handed to a socket, so it may have run.
 *
 * That is told by undici calling `onRequestStart`, which it does at the moment it writes and not while the request waits
 * for a connection. A keep-alive socket that the server closed meanwhile is found out before that where its end has
 * arrived (undici then connects anew and nothing was sent); where the two cross on the way, nobody can know whether the
 * server read the request, and it counts as sent.
 */
export function connectionError(error: Error, sent: boolean, context: CallContext): TritonError {
  const code = codeOf(error);
  const { server } = context;
  const options = { ...context, cause: causeOf(error) };
  if (certificateCodes.test(code) || refusedByServer.test(code)) return certificateError(code, error, options);
  if (code === 'UND_ERR_INVALID_ARG') {
    return new InvalidInputError({ ...options, message: `The call cannot be sent: ${error.message}.` });
  }
  if (sent && closedHere.has(code)) {
    const message = `The client of ${server} was closed during the call.`;
    return new ConnectionLostError({ ...options, message, hint: 'It may have run.' });
  }
  if (speaksTls(error)) {
    const message = `${server} cannot be reached: TLS is spoken there.`;
    return new ServerUnreachableError({ ...options, message, hint: 'Write the url with https.' });
  }
  if (!sent) {
    const message = `${server} cannot be reached: ${whyUnreachable(code, error)}.`;
    return new ServerUnreachableError({
      ...options,
      message,
      hint: 'Is the server running, and the port its HTTP port?',
    });
  }
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || isNotHttp(error)) {
    return new ResponseInvalidError({ ...options, message: `${server} did not answer in HTTP/1.1: ${error.message}.` });
  }
  return new ConnectionLostError({
    ...options,
    message: `The connection to ${server} broke before the whole answer was there (${code || error.message}).`,
    hint: `It may have run. Calls marked \`idempotent\` are tried again.${saidNothing(error) ? questionOf(server) : ''}`,
  });
}

/** How servers end connections that speak another language, or come without a certificate; others do so too. */
const questionOf = (server: string): string =>
  server.startsWith('https:')
    ? ' If no call gets through: does the server ask for a client certificate (`tls.cert`, `tls.key`)?'
    : ' If no call gets through: does this port speak https?';

/** Whether nothing ever came on the connection, as far as undici says: after an answer it is no question of TLS. */
function saidNothing(error: Error): boolean {
  if (error instanceof errors.SocketError) return error.socket?.bytesRead === 0;
  return ['ECONNRESET', 'EPIPE'].includes(codeOf(error));
}

/** The first bytes of a TLS alert, where HTTP was to come: whoever sent it has not read a request. */
const speaksTls = (error: Error): boolean =>
  error.name === 'HTTPParserError' && 'data' in error && String(error.data).startsWith(tlsAlert);
const tlsAlert = String.fromCharCode(0x15, 0x03);

function certificateError(code: string, error: Error, options: CallContext & { readonly cause: unknown }): TritonError {
  const { server } = options;
  if (code.startsWith('ERR_OSSL_')) {
    const message = `A certificate or key in \`tls\` cannot be read (${code}).`;
    return new CertificateInvalidError({
      ...options,
      message,
      hint: 'Give PEM text; the key must fit the certificate.',
    });
  }
  if (refusedByServer.test(code)) {
    const message = `${server} does not accept the client's certificate, or wants one (${code}).`;
    return new CertificateInvalidError({ ...options, message, hint: 'Give `tls.cert` and `tls.key`.' });
  }
  return new CertificateInvalidError({
    ...options,
    message: `The certificate of ${server} is not one to trust: ${shorten(error.message)} (${code}).`,
    hint: 'Give its authority as `tls.ca`; where its name is not the host of the url, `tls.serverName`.',
  });
}

function whyUnreachable(code: string, error: Error): string {
  const endsBeforeTls = error.message.includes('before secure TLS connection');
  if (endsBeforeTls || /^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH)/.test(code)) {
    return `no TLS is spoken there (${code})`;
  }
  if (closedHere.has(code)) return 'the client was closed';
  return code || error.message;
}

function codeOf(error: Error): string {
  if ('code' in error && typeof error.code === 'string' && error.code !== '') return error.code;
  // Every address of a host was tried: the first one's reason stands for all.
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return codeOf(error.errors[0]);
  return '';
}

/** A message that just ends too early is a lost connection, however the parser calls it. */
const isNotHttp = (error: Error): boolean => error.name === 'HTTPParserError' && !/\bEOF\b/.test(error.message);

/** The parser's error holds the bytes that it stumbled over, which may be a tensor's. */
const causeOf = (error: Error): Error | undefined => ('data' in error ? undefined : error);
