import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerCredentials } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CertificateInvalidError, ServerUnreachableError } from '../errors.ts';
import { type LaunchedTriton, launchTriton } from '../launch/launch-triton.ts';
import type { TlsOptions } from '../transport.ts';
import { failureOf, plainCall } from './__fixtures__/calls.ts';
import { fakeGrpcServer } from './__fixtures__/fake-server.ts';
import { createGrpcTransport } from './grpc-transport.ts';
import { encodeMessage } from './messages.ts';

/** Two authorities; certificates of the first for the server (under two names, one of them wrong) and a client. */
const makeCertificates = `
import sys, trustme
folder = sys.argv[1]
ours, other = trustme.CA(), trustme.CA()
ours.cert_pem.write_to_path(f"{folder}/ca.pem")
other.cert_pem.write_to_path(f"{folder}/other-ca.pem")
for name, certificate in {
    "server": ours.issue_cert("127.0.0.1", "localhost"),
    "elsewhere": ours.issue_cert("triton.example"),
    "client": ours.issue_cert("client@example.org"),
    "stranger": other.issue_cert("stranger@example.org"),
}.items():
    certificate.private_key_pem.write_to_path(f"{folder}/{name}.key")
    with open(f"{folder}/{name}.pem", "wb") as file:
        file.writelines(blob.bytes() for blob in certificate.cert_chain_pems)
`;

let folder = '';
const servers: LaunchedTriton[] = [];
const pem = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');

async function launch(certificate: string, ...args: string[]): Promise<string> {
  const file = (name: string) => join(folder, name);
  const server = await launchTriton({
    python: inject('triton').python,
    repository: file('models'),
    args: [
      '--grpc-use-ssl=true',
      `--grpc-server-cert=${file(`${certificate}.pem`)}`,
      `--grpc-server-key=${file(`${certificate}.key`)}`,
      `--grpc-root-cert=${file('ca.pem')}`,
      ...args,
    ],
  });
  servers.push(server);
  return server.grpcUrl.replace('http:', 'https:');
}

let url = '';
let elsewhere = '';
let mutual = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atelier-grpc-tls-'));
  await mkdir(join(folder, 'models'));
  const { status, stderr } = spawnSync(inject('triton').python, ['-c', makeCertificates, folder], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  [url, elsewhere, mutual] = await Promise.all([
    launch('server'),
    launch('elsewhere'),
    launch('server', '--grpc-use-ssl-mutual=true'),
  ]);
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop('SIGKILL')));
  await rm(folder, { recursive: true });
});

async function live(to: string, tls?: TlsOptions): Promise<boolean> {
  const transport = createGrpcTransport({ url: to, ...(tls ? { tls } : {}) });
  try {
    return await transport.live(plainCall);
  } finally {
    await transport.close();
  }
}

describe('TLS over gRPC', () => {
  it('trusts the authority that it is given', async () => {
    expect(await live(url, { ca: await pem('ca.pem') })).toBe(true);
    expect(await live(url.replace('127.0.0.1', 'localhost'), { ca: await pem('ca.pem') })).toBe(true);
  });

  it('does not trust another authority, nor one of its own without being told', async () => {
    for (const tls of [{ ca: await pem('other-ca.pem') }, undefined]) {
      const error = await failureOf(live(url, tls));
      expect(error).toBeInstanceOf(CertificateInvalidError);
      expect(error).toMatchObject({ server: url, isRetryable: false, hint: expect.stringContaining('tls.ca') });
    }
  });

  it('does not trust a certificate of another name, unless that name is expected', async () => {
    const ca = await pem('ca.pem');
    expect(await failureOf(live(elsewhere, { ca }))).toBeInstanceOf(CertificateInvalidError);
    expect(await failureOf(live(url, { ca, serverName: 'triton.example' }))).toBeInstanceOf(CertificateInvalidError);
    expect(await live(elsewhere, { ca, serverName: 'triton.example' })).toBe(true);
  });

  it('shows a certificate of its own where the server asks for one', async () => {
    const ca = await pem('ca.pem');
    const client = { cert: await pem('client.pem'), key: await pem('client.key') };
    const stranger = { cert: await pem('stranger.pem'), key: await pem('stranger.key') };
    expect(await live(mutual, { ca, ...client })).toBe(true);
    for (const tls of [{ ca }, { ca, ...stranger }]) {
      // The server ends the connection after the handshake, so grpc-js does not see why.
      const error = await failureOf(live(mutual, tls));
      expect(error).toBeInstanceOf(ServerUnreachableError);
      expect(error).toMatchObject({ hint: expect.stringContaining('a certificate of yours') });
    }
  });

  it('says so where one side speaks TLS and the other does not', async () => {
    expect(await failureOf(live(url.replace('https:', 'http:')))).toBeInstanceOf(ServerUnreachableError);
    const plain = inject('triton').grpcUrl.replace('http:', 'https:');
    const error = await failureOf(live(plain));
    expect(error).toBeInstanceOf(ServerUnreachableError);
    expect(error).toMatchObject({ message: `${plain} cannot be reached over gRPC: wrong version number.` });
  });

  it('refuses what is no certificate, without repeating it', async () => {
    const key = await pem('client.key');
    const open = () => createGrpcTransport({ url, tls: { cert: 'no PEM', key } });
    expect(open).toThrow('`tls.cert` is not PEM text');
    expect(() => createGrpcTransport({ url, tls: { key } })).toThrow('`tls.key` is given without');
  });
});

it('leaves a connection alone that was up in time, and is busy afterwards', async () => {
  const [cert, key] = await Promise.all([pem('server.pem'), pem('server.key')]);
  const credentials = ServerCredentials.createSsl(null, [
    { cert_chain: Buffer.from(cert), private_key: Buffer.from(key) },
  ]);
  const serverLive = (_: unknown, answer: (error: null, bytes: Buffer) => void) =>
    void setTimeout(() => answer(null, encodeMessage('ServerLiveResponse', { live: true })), 6_500);
  const fake = await fakeGrpcServer({ serverLive }, credentials);
  expect(await live(fake.url, { ca: await pem('ca.pem') })).toBe(true);
  await fake.close();
});
