import { describe, expect, it } from 'vitest';
import { connectionError } from './connection-error.ts';

const context = { server: 'http://gpu-box:8000', model: 'm' };
const failure = (code: string, message = 'words'): Error => Object.assign(new Error(message), { code });

describe('connectionError', () => {
  it.each([
    ['ECONNREFUSED', 'server-unreachable', 'connection-lost'],
    ['ENOTFOUND', 'server-unreachable', 'connection-lost'],
    ['EHOSTUNREACH', 'server-unreachable', 'connection-lost'],
    ['UND_ERR_CONNECT_TIMEOUT', 'server-unreachable', 'connection-lost'],
    ['ECONNRESET', 'server-unreachable', 'connection-lost'],
    ['EPIPE', 'server-unreachable', 'connection-lost'],
    ['UND_ERR_SOCKET', 'server-unreachable', 'connection-lost'],
    ['UND_ERR_DESTROYED', 'server-unreachable', 'connection-lost'],
    ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'server-unreachable', 'connection-lost'],
    ['UND_ERR_HEADERS_OVERFLOW', 'server-unreachable', 'response-invalid'],
    ['CERT_HAS_EXPIRED', 'certificate-invalid', 'certificate-invalid'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate-invalid', 'certificate-invalid'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate-invalid', 'certificate-invalid'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate-invalid', 'certificate-invalid'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'certificate-invalid', 'certificate-invalid'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'server-unreachable', 'connection-lost'],
    ['UND_ERR_INVALID_ARG', 'invalid-input', 'invalid-input'],
  ])('takes %s for %s before anything was sent, for %s afterwards', (code, before, after) => {
    expect(connectionError(failure(code), false, context)).toMatchObject({ ...context, code: before });
    expect(connectionError(failure(code), true, context)).toMatchObject({ ...context, code: after });
  });

  it('finds the reason among those of several addresses', () => {
    const error = new AggregateError([failure('ECONNREFUSED'), failure('ENETUNREACH')]);
    expect(connectionError(error, false, context).message).toContain('ECONNREFUSED');
  });

  it('keeps the bytes that the parser stumbled over out of the cause', () => {
    const error = Object.assign(new Error('words'), { name: 'HTTPParserError', data: 'tensor bytes' });
    const result = connectionError(error, true, context);
    expect(result.code).toBe('response-invalid');
    expect(result.cause).toBeUndefined();
    expect(connectionError(failure('EPIPE'), true, context).cause).toBeInstanceOf(Error);
  });
});
