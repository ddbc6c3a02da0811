/** Who asks, as far as this package cares: everything is kept and found under the tenant. */
export interface Principal {
  readonly tenant: string;
  /** An API key, a JWT, nobody in particular (open on loopback), or the bearer of a signed URL or ticket. */
  readonly kind: 'key' | 'jwt' | 'open' | 'url';
  /** For logs and rate limits: the key's id, the token's subject. Never a secret. */
  readonly id: string;
}
