import type { Rights } from './scopes.ts';

/** A key that the server knows, and whose it is. */
export interface AccessKey {
  /** The tenant: pictures and sessions of one name are invisible to others. Several keys may have one name. */
  readonly name: string;
  /** 16 characters or more. */
  readonly secret: string;
  /** Default: both. */
  readonly may?: Rights | undefined;
}

/** Tokens of an identity provider (OAuth 2.1): this server is a resource server. */
export interface JwtOptions {
  /** @example 'https://id.example.org' */
  readonly issuer: string;
  /** Where its public keys are: https, or http on this machine and in networks of containers. */
  readonly jwksUrl: string;
  /** What tokens must be meant for. Default: the URL of the MCP endpoint. */
  readonly audience?: string | undefined;
  /** The claim that says whose pictures they are. Default `sub`. */
  readonly tenantClaim?: string | undefined;
}

/** Keys of the agent API behind this server: it is asked about them. */
export interface ApiAuthOptions {
  /** Base URL of the agent API. */
  readonly url: string;
  /** Milliseconds for which a key that was found good is believed. Default 30,000. */
  readonly believedMs?: number | undefined;
}

/** Who is let in over HTTP. Keys and tokens go together; `api` and `open` stand alone. Nothing given: everybody, on loopback only. */
export interface HttpAuthOptions {
  readonly keys?: readonly AccessKey[] | undefined;
  readonly jwt?: JwtOptions | undefined;
  readonly api?: ApiAuthOptions | undefined;
  /** Everybody may do everything, from wherever the server is reached. */
  readonly open?: boolean | undefined;
}
