import { createServer as createPlainServer } from 'node:net';
import { createServer, type TlsOptions as ServerOptions } from 'node:tls';
import { afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { CertificateInvalidError, ServerUnreachableError, TritonError } from '../errors.ts';
import type { TlsOptions } from '../transport.ts';
import { call, floats, rejection } from './__fixtures__/calls.ts';
import { type Certificates, makeCertificates } from './__fixtures__/certificates.ts';
import { type FakeServer, startFakeServer } from './__fixtures__/fake-server.ts';
import { inferReply } from './__fixtures__/replies.ts';
import { createHttpTransport } from './http-transport.ts';

let local: Certificates;
let elsewhere: Certificates;
let expired: Certificates;

beforeAll(async () => {
  const { python } = inject('triton');
  [local, elsewhere, expired] = await Promise.all([
    makeCertificates(python, ['127.0.0.1', 'localhost']),
    makeCertificates(python, ['gpu-box.example']),
    makeCertificates(python, ['127.0.0.1'], '2020-01-01'),
  ]);
});

let fake: FakeServer | undefined;

afterEach(async () => {
  await fake?.untilNoneOpen();
  await fake?.close();
  fake = undefined;
});

/** Calls `/infer` of an https server; its error, or undefined. */
async function callWith(server: ServerOptions, tls: TlsOptions | undefined): Promise<unknown> {
  fake = await startFakeServer(
    ({ socket }) => socket.write(inferReply()),
    undefined,
    (onSocket) => createServer(server, onSocket),
  );
  const transport = createHttpTransport({ url: fake.url.replace('http:', 'https:'), tls });
  try {
    await transport.infer(floats(4), call);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(TritonError);
    return error;
  } finally {
    await transport.close();
  }
}

describe('https', () => {
  it('works with the authority given', async () => {
    expect(await callWith(local, { ca: local.ca })).toBeUndefined();
  });

  it('is certificate-invalid where nobody vouches for it', async () => {
    const error = await callWith(local, undefined);
    expect(error).toBeInstanceOf(CertificateInvalidError);
    expect(error).toMatchObject({ code: 'certificate-invalid', isRetryable: false });
    expect(String(error)).toMatch(/is not one to trust.*(SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_)/);
  });

  it('is certificate-invalid where it is for another host', async () => {
    const error = await callWith(elsewhere, { ca: elsewhere.ca });
    expect(error).toBeInstanceOf(CertificateInvalidError);
    expect(String(error)).toMatch(/127\.0\.0\.1.*ERR_TLS_CERT_ALTNAME_INVALID/);
  });

  it('takes the name of another host where it is told to', async () => {
    expect(await callWith(elsewhere, { ca: elsewhere.ca, serverName: 'gpu-box.example' })).toBeUndefined();
  });

  it('is certificate-invalid where it has expired', async () => {
    const error = await callWith(expired, { ca: expired.ca });
    expect(error).toBeInstanceOf(CertificateInvalidError);
    expect(String(error)).toContain('CERT_HAS_EXPIRED');
  });

  it('shows a certificate of its own where the server asks', async () => {
    const server = { ...local, requestCert: true, rejectUnauthorized: true };
    const { ca, cert, key } = local;
    expect(await callWith(server, { ca, cert, key })).toBeUndefined();
  });

  it('is asked about where a port that speaks it is called over http', async () => {
    fake = await startFakeServer(
      () => {},
      undefined,
      (onSocket) => createServer(local, onSocket),
    );
    const transport = createHttpTransport({ url: fake.url });
    const error = await rejection(transport.infer(floats(4), call));
    // Node's server hangs up without a word.
    expect(error).toMatchObject({ code: 'connection-lost', hint: expect.stringContaining('speak https?') });
    await transport.close();
  });

  it('is certificate-invalid where the server asks and there is none', async () => {
    const server: ServerOptions = { ...local, requestCert: true, rejectUnauthorized: true };
    expect(await callWith({ ...server, maxVersion: 'TLSv1.2' }, { ca: local.ca })).toBeInstanceOf(
      CertificateInvalidError,
    );
    // TLS 1.3 sends the request before it learns of this, and a server that just hangs up says no reason.
    const error = await callWith({ ...server, minVersion: 'TLSv1.3' }, { ca: local.ca });
    expect(error).toMatchObject({ code: expect.stringMatching(/^(certificate-invalid|connection-lost)$/) });
    expect(error).toMatchObject({ hint: expect.stringContaining('`tls.cert`') });
  });

  it('is refused where the key is that of another certificate', () => {
    const tls = { ca: local.ca, cert: local.cert, key: elsewhere.key };
    expect(() => createHttpTransport({ url: 'https://gpu-box:8000', tls })).toThrow(
      expect.objectContaining({ code: 'invalid-input', message: '`tls.key` is not the key of `tls.cert`.' }),
    );
  });

  it.each(['HTTP/1.1 400 Bad Request\r\n\r\n', ''])(
    'is server-unreachable where no TLS is spoken: %j',
    async (words) => {
      fake = await startFakeServer(
        () => {},
        undefined,
        () => createPlainServer((socket) => socket.once('data', () => socket.end(words)).on('error', () => {})),
      );
      const transport = createHttpTransport({ url: fake.url.replace('http:', 'https:') });
      const error = await rejection(transport.live(call));
      expect(error).toBeInstanceOf(ServerUnreachableError);
      expect(String(error)).toContain('no TLS is spoken there');
      await transport.close();
    },
  );
});
