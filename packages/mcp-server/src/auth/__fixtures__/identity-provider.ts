import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { onTestFinished } from 'vitest';

export interface IdentityProvider {
  readonly issuer: string;
  readonly jwksUrl: string;
  /** Signed by the published key. Undefined claims are left out. */
  token(claims: JWTPayload, options?: { readonly by?: 'stranger' | undefined }): Promise<string>;
  /** From now on its keys cannot be read. */
  goAway(): void;
}

/** Publishes one key on any port of 127.0.0.1, and signs with it. Closed with the test. */
export async function identityProvider(): Promise<IdentityProvider> {
  const [own, stranger] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]);
  const keys = [{ ...(await exportJWK(own.publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }];
  let isAway = false;
  const server = createServer((_, response) => {
    response.statusCode = isAway ? 500 : 200;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const issuer = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return {
    issuer,
    jwksUrl: `${issuer}/jwks`,
    goAway() {
      isAway = true;
    },
    token: (claims, { by } = {}) =>
      new SignJWT({ iss: issuer, sub: 'lee', exp: Math.floor(Date.now() / 1000) + 60, ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: 'one' })
        .sign((by === 'stranger' ? stranger : own).privateKey),
  };
}
