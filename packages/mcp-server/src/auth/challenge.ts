import { lookScope, scopesOf } from './scopes.ts';

export interface Challenge {
  /** RFC 6750; left out where no credentials came at all. */
  readonly error?: 'invalid_token' | 'insufficient_scope' | undefined;
  readonly description?: string | undefined;
  /** Where the RFC 9728 document is; undefined: there is no OAuth to begin. */
  readonly resourceMetadataUrl: string | undefined;
}

/** The `WWW-Authenticate` header that clients begin or renew their OAuth with. */
export function challengeHeader({ error, description, resourceMetadataUrl }: Challenge): string {
  const scopes = error === 'insufficient_scope' ? [lookScope] : scopesOf({ look: true, edit: true });
  const parameters = {
    realm: 'atelier',
    error,
    error_description: description,
    // Keys have no scopes to ask for.
    scope: resourceMetadataUrl === undefined ? undefined : scopes.join(' '),
    resource_metadata: resourceMetadataUrl,
  };
  const written = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `Bearer ${written.map(([name, value]) => `${name}="${value.replaceAll(/[\\"]|[^\x20-\x7e]/g, ' ')}"`).join(', ')}`;
}
