import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';

/** Makes texts that only holders of the same secret can read, make or change. */
export interface Seal {
  seal(purpose: string, content: unknown): string;
  /** Undefined where it was not sealed with this secret for this purpose. */
  open(purpose: string, sealed: string): unknown;
}

const nonceBytes = 12;
const tagBytes = 16;
/** Nothing that is sealed here comes near it. */
const longest = 4096;

/** The secret must have at least 32 bytes; the same one in all processes behind one balancer. */
export function createSeal(secret: Uint8Array): Seal {
  const keyFor = (use: string): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, '', `atelier mcp signed urls, version 1, ${use}`, 32));
  const cipherKey = keyFor('cipher');
  const nonceKey = keyFor('nonce');
  return {
    seal(purpose, content) {
      const text = JSON.stringify(content);
      // From the content: the same content has the same seal, and different ones never share a nonce.
      const nonce = createHmac('sha256', nonceKey)
        .update(JSON.stringify([purpose, text]))
        .digest()
        .subarray(0, nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', cipherKey, nonce).setAAD(Buffer.from(purpose));
      const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, hidden, cipher.getAuthTag()]).toString('base64url');
    },
    open(purpose, sealed) {
      if (sealed.length > longest || !/^[\w-]+$/.test(sealed)) return undefined;
      const bytes = Buffer.from(sealed, 'base64url');
      // There is one spelling of each.
      if (bytes.length <= nonceBytes + tagBytes || bytes.toString('base64url') !== sealed) return undefined;
      const decipher = createDecipheriv('aes-256-gcm', cipherKey, bytes.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(-tagBytes));
      try {
        const text = Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]);
        return JSON.parse(text.toString('utf8'));
      } catch {
        return undefined;
      }
    },
  };
}
