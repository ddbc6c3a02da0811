import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AtelierError } from '../errors/atelier-error.ts';
import { openChannel } from './grpc/channel.ts';
import { createHttpTransport } from './http/http-transport.ts';
import type { TlsOptions } from './transport.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const url = 'https://gpu-box:8000';

function errorOf(open: () => unknown): AtelierError {
  try {
    open();
  } catch (error) {
    if (AtelierError.isInstance(error)) return error;
    throw error;
  }
  throw new Error('It was expected to fail.');
}

describe('certificates that are none', () => {
  const texts = ['/etc/secret/file.pem', '', '-----BEGIN CERTIFICATE-----\nsecret\n-----END CERTIFICATE-----\n', key];
  const cases = texts.flatMap((text): [string, TlsOptions][] => [
    ['tls.ca', { ca: text }],
    ['tls.cert', { cert: text, key }],
    ['tls.key', { key: text === key ? key.replaceAll('PRIVATE', 'SECRET') : text }],
  ]);

  it.each(cases)('are refused at construction by name, without their text: %s %j', (option, tls) => {
    for (const open of [() => createHttpTransport({ url, tls }), () => openChannel({ url, tls })]) {
      const error = errorOf(open);
      expect(error).toMatchObject({ code: 'invalid-input', message: `\`${option}\` is not PEM text.` });
      expect(error.cause).toBeUndefined();
      expect(JSON.stringify(error)).not.toMatch(/secret/i);
    }
  });

  it('are refused where only one of a pair is given', () => {
    expect(() => createHttpTransport({ url, tls: { key } })).toThrow('`tls.key` is given without `tls.cert`');
  });

  it('are not asked for where there are none', async () => {
    await createHttpTransport({ url, tls: { serverName: 'gpu-box' } }).close();
  });
});
