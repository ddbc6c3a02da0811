import type { AuthInfo } from '@modelcontextprotocol/server';
import type { Principal } from '../workshop/workshop.ts';
import { type Rights, scopesOf } from './scopes.ts';

/** What checking a request's credentials finds out. */
export interface Caller {
  readonly principal: Principal;
  /** Seconds since 1970 at which what they showed ends; undefined: it does not end by itself. */
  readonly expiresAt?: number | undefined;
}

const both: Rights = { look: true, edit: true };

/** Whoever calls a server that asks for nothing. */
export const anybody: Caller = { principal: { scope: 'default', may: both } };

/** How a caller travels through the MCP SDK. The token stays behind: no handler needs it, and what has it not cannot log it. */
export const authInfoOf = ({ principal, expiresAt }: Caller, resourceMetadataUrl: string | undefined): AuthInfo => ({
  token: '',
  clientId: principal.scope,
  scopes: scopesOf(principal.may),
  ...(expiresAt === undefined ? {} : { expiresAt }),
  ...(resourceMetadataUrl === undefined ? {} : { resourceMetadataUrl }),
  extra: { principal },
});

/** The principal that `authInfoOf` put there. Throws where it was not asked for: nobody is let in by forgetting a check. */
export function principalOf(authInfo: AuthInfo | undefined): Principal {
  const principal = authInfo?.extra?.principal;
  // Only `authInfoOf` writes it, in this process: what is there has the type.
  if (typeof principal === 'object' && principal !== null) return principal as Principal;
  throw new Error('The request was not authenticated.');
}
