import { AtelierError } from '@atelier/sdk/errors';
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { JwtOptions } from '../options.ts';
import { accessDenied, invalidInput, newTokenHint } from './access-errors.ts';
import type { Principal } from './principal.ts';
import { tenantOf } from './tenant.ts';

/** Asymmetric ones only: with a shared secret, whoever can check a token could also make one. */
const algorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];
/** Seconds by which the clocks of the identity provider and of this machine may differ. */
const clockTolerance = 5;

/** Checks tokens of one identity provider against the keys it publishes, which are read again every ten minutes. */
export class JwtCheck {
  readonly #keys: JWTVerifyGetKey;
  readonly #options: Required<{ [Name in keyof JwtOptions]: string }>;

  /** Throws `invalid-input` where an option is missing or unusable. */
  constructor(options: JwtOptions) {
    const tenantClaim = options.tenantClaim ?? 'sub';
    this.#options = { ...options, tenantClaim };
    // An undefined issuer or audience would mean "any" to the library.
    for (const name of ['issuer', 'audience', 'tenantClaim'] as const)
      if (typeof this.#options[name] !== 'string' || this.#options[name] === '')
        throw invalidInput(
          `The option auth.jwt.${name} is missing.`,
          'Tokens are only accepted from and for somebody.',
        );
    this.#keys = publishedKeys(jwksUrl(options.jwksUrl));
  }

  /** Who a token speaks for. Throws `access-denied`, or `server-unavailable` while the provider's keys cannot be read. */
  async principalOf(token: string): Promise<Principal> {
    const claims = await this.#verify(token, this.#keys).catch((error: unknown) => {
      throw AtelierError.isInstance(error) ? error : refusal(error, this.#options.tenantClaim);
    });
    const claim = claims[this.#options.tenantClaim];
    if (typeof claim !== 'string' || claim === '') throw noTenant(this.#options.tenantClaim);
    const tenant = tenantOf(claim);
    return { tenant, kind: 'jwt', id: typeof claims.sub === 'string' ? nameOf(claims.sub) : tenant };
  }

  async #verify(token: string, key: JWTVerifyGetKey): Promise<JWTPayload> {
    const { issuer, audience, tenantClaim } = this.#options;
    const requiredClaims = ['exp', tenantClaim];
    const options = { issuer, audience, algorithms, clockTolerance, requiredClaims };
    try {
      return (await jwtVerify(token, key, options)).payload;
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
      throw isOfToken ? error : keysAway(error);
    }
  };
}

function jwksUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // Loopback, and names without a dot: the networks of containers.
  const isNear = url && /^(127(\.\d+){3}|\[::1\]|[^.:]+)$/.test(url.hostname);
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isNear)) return url;
  throw invalidInput(
    'The option auth.jwt.jwksUrl is not an address that keys can be trusted from.',
    'Give the https address of the key set, such as https://id.example.org/.well-known/jwks.json.',
  );
}

/** For logs and limits: short, on one line. */
const nameOf = (subject: string): string => (/^[\x21-\x7e]{1,128}$/.test(subject) ? subject : tenantOf(subject));

/** What the bearer is told. Claims are only looked at, and spoken of, once the signature has been found good. */
function refusal(error: unknown, tenantClaim: string): AtelierError {
  if (error instanceof errors.JWTExpired) return accessDenied('The token has expired.', newTokenHint, error);
  if (error instanceof errors.JOSEAlgNotAllowed)
    return accessDenied(
      'The token is not signed in a way that is accepted.',
      'Have the identity provider sign with a private key: RS256, PS256, ES256 or EdDSA.',
      error,
    );
  if (!(error instanceof errors.JWTClaimValidationFailed))
    return accessDenied('The token is not valid.', newTokenHint, error);
  switch (error.claim) {
    case 'exp':
      return accessDenied('The token has no expiry.', 'Have the identity provider set the claim "exp".', error);
    case 'nbf':
      return accessDenied('The token is not valid yet.', 'Wait until it is, or set the clock.', error);
    case 'aud':
      return accessDenied(
        'The token is meant for somebody else.',
        'Ask for one with the audience of this server.',
        error,
      );
    case 'iss':
      return accessDenied('The token comes from somebody else.', 'Get one from the issuer this server trusts.', error);
    case tenantClaim:
      return noTenant(tenantClaim);
    default:
      return accessDenied('The token is not valid.', newTokenHint, error);
  }
}

const noTenant = (claim: string): AtelierError =>
  accessDenied('The token does not say whose it is.', `Have the identity provider set the claim "${claim}" to a text.`);

const keysAway = (cause: unknown): AtelierError =>
  new AtelierError({
    code: 'server-unavailable',
    message: "The identity provider's keys cannot be read at the moment, so that tokens cannot be checked.",
    hint: 'Try again in a few seconds.',
    isRetryable: true,
    cause,
  });
