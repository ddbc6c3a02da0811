import { AtelierError } from '@atelier/sdk/errors';
import { errors } from 'jose';
import { accessDenied, newTokenHint } from './access-errors.ts';

/** What the bearer is told. Claims are only looked at, and spoken of, once the signature has been found good. */
export function tokenRefusal(error: unknown, tenantClaim: string): AtelierError {
  if (AtelierError.isInstance(error)) return error;
  if (error instanceof errors.JWTExpired) return accessDenied('The token has expired.', newTokenHint);
  if (error instanceof errors.JOSEAlgNotAllowed)
    return accessDenied(
      'The token is not signed in a way that is accepted.',
      'Have the identity provider sign with a private key: RS256, PS256, ES256 or EdDSA.',
    );
  if (error instanceof errors.JWTClaimValidationFailed) return ofClaim(error.claim, tenantClaim);
  return accessDenied('The token is not valid.', newTokenHint);
}

function ofClaim(claim: string, tenantClaim: string): AtelierError {
  switch (claim) {
    case 'exp':
      return accessDenied('The token has no expiry.', 'Have the identity provider set the claim "exp".');
    case 'nbf':
      return accessDenied('The token is not valid yet.', 'Wait until it is, or set the clock.');
    case 'aud':
      return accessDenied('The token is meant for somebody else.', 'Ask for one whose resource is this server.');
    case 'iss':
      return accessDenied('The token comes from somebody else.', 'Get one from the issuer this server trusts.');
    case tenantClaim:
      return noTenant(tenantClaim);
    default:
      return accessDenied('The token is not valid.', newTokenHint);
  }
}

export const noTenant = (claim: string): AtelierError =>
  accessDenied('The token does not say whose it is.', `Have the identity provider set the claim "${claim}" to a text.`);
