import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { InvalidInputError } from './errors.ts';
import type { TlsOptions } from './transport.ts';

/**
 * Throws `invalid-input` naming the option for what is no PEM text. Said here and not by the first connection: Node takes
 * the text of an authority that is none for no authorities at all. The text and its causes, which may hold parts of a key,
 * are never repeated.
 */
export function checkTls({ ca, cert, key }: TlsOptions): void {
  check('tls.ca', ca, certificate, (pem) => {
    new X509Certificate(pem);
    createSecureContext({ ca: pem });
  });
  check('tls.cert', cert, certificate, (pem) => {
    new X509Certificate(pem);
    createSecureContext({ cert: pem });
  });
  check('tls.key', key, privateKey, (pem) => createPrivateKey(pem));
  if ((cert === undefined) !== (key === undefined)) {
    const [given, missing] = key === undefined ? ['cert', 'key'] : ['key', 'cert'];
    throw invalid(`\`tls.${given}\` is given without \`tls.${missing}\``, 'A client certificate needs both.');
  }
  if (cert !== undefined && key !== undefined && !new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))) {
    throw invalid(
      '`tls.key` is not the key of `tls.cert`',
      'Give the two that were made together, its own certificate first.',
    );
  }
}

const certificate = '-----BEGIN CERTIFICATE-----';
const privateKey = '-----BEGIN PRIVATE KEY-----';

function check(name: string, pem: unknown, begins: string, read: (pem: string) => unknown): void {
  if (pem === undefined) return;
  try {
    if (typeof pem === 'string' && pem.includes('-----BEGIN ')) {
      read(pem);
      return;
    }
  } catch {
    // Said below.
  }
  throw invalid(
    `\`${name}\` is not PEM text`,
    `Give what the file holds, not its path: it begins with "${begins}", unencrypted.`,
  );
}

const invalid = (message: string, hint: string): InvalidInputError =>
  new InvalidInputError({ message: `${message}.`, hint });
