import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { checkAway, invalidInput } from './access-errors.ts';
import type { JwtOptions } from './auth-options.ts';
import type { Caller } from './caller.ts';
import { noTenant, tokenRefusal } from './jwt-refusal.ts';
import { madeScope } from './scope-name.ts';
import { rightsOf } from './scopes.ts';
import { trustedUrl } from './trusted-url.ts';

/** Asymmetric ones only: with a shared secret, whoever can check a token could also make one. */
const algorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];
/** Seconds by which the clocks of the identity provider and of this machine may differ. */
const clockTolerance = 5;

export type JwtCheck = (token: string) => Promise<Caller>;

/**
 * Checks tokens of one identity provider against the keys it publishes, which are read again every ten minutes. The check throws
 * `access-denied`, or `server-unavailable` while those keys cannot be read. Throws `invalid-input` for options that cannot be used.
 */
export function jwtCheck(options: JwtOptions & { readonly audience: string }): JwtCheck {
  const { issuer, audience, jwksUrl, tenantClaim = 'sub' } = options;
  // Without one of these, the library would accept any.
  for (const [name, value] of Object.entries({ issuer, audience, tenantClaim }))
    if (typeof value !== 'string' || value === '')
      throw invalidInput(`The option jwt.${name} is missing.`, 'Tokens are only accepted from and for somebody.');
  const keys = publishedKeys(trustedUrl('jwt.jwksUrl', jwksUrl));
  const requiredClaims = ['exp', tenantClaim];
  const verification = { issuer, audience, algorithms, clockTolerance, requiredClaims };
  return async (token) => {
    const claims = await verified(token, keys, verification).catch((error: unknown) => {
      throw tokenRefusal(error, tenantClaim);
    });
    const tenant = claims[tenantClaim];
    if (typeof tenant !== 'string' || tenant === '') throw noTenant(tenantClaim);
    return {
      // The issuer is a part of it: a subject means nothing elsewhere.
      principal: { scope: madeScope('u', issuer, tenant), may: rightsOf(scopesIn(claims)) },
      expiresAt: claims.exp,
    };
  };
}

async function verified(
  token: string,
  keys: JWTVerifyGetKey,
  options: Parameters<typeof jwtVerify>[2],
): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, keys, options)).payload;
  } catch (error) {
    // A token that does not name its key is tried with each that could be meant.
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    for await (const candidate of error) {
      try {
        return (await jwtVerify(token, candidate, options)).payload;
      } catch (failure) {
        if (!(failure instanceof errors.JWSSignatureVerificationFailed)) throw failure;
      }
    }
    throw new errors.JWSSignatureVerificationFailed();
  }
}

/** `scope` (RFC 8693: words in a text), or `scp`, a text or list, as some providers call it. */
function scopesIn({ scope, scp }: JWTPayload): ReadonlySet<string> {
  const words = [scope, scp].flat().filter((value) => typeof value === 'string');
  return new Set(words.flatMap((text) => text.split(' ')));
}

function publishedKeys(url: URL): JWTVerifyGetKey {
  const published = createRemoteJWKSet(url);
  return async (header, token) => {
    try {
      return await published(header, token);
    } catch (error) {
      const isOfToken =
        error instanceof errors.JWKSNoMatchingKey ||
        error instanceof errors.JWKSMultipleMatchingKeys ||
        error instanceof errors.JOSENotSupported;
      if (isOfToken) throw error;
      throw checkAway("The identity provider's keys cannot be read at the moment, so tokens cannot be checked.", error);
    }
  };
}
