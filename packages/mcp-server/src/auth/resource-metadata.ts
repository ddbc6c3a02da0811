import { editScope, lookScope } from './scopes.ts';

const wellKnown = '/.well-known/oauth-protected-resource';

/** Where RFC 9728 puts the document of a resource: before the resource's path. */
export const resourceMetadataUrl = (endpoint: string): string => {
  const { origin, pathname } = new URL(endpoint);
  return `${origin}${wellKnown}${pathname}`;
};

/** Whether a request's path is the document's: of this resource, or the one that clients try when they were told nothing. */
export const isResourceMetadataPath = (path: string, endpoint: string): boolean =>
  path === wellKnown || path === `${wellKnown}/mcp` || path === new URL(resourceMetadataUrl(endpoint)).pathname;

/** Tells clients who issues the tokens of this server (RFC 9728). */
export const resourceMetadata = (endpoint: string, issuer: string) => ({
  resource: endpoint,
  authorization_servers: [issuer],
  scopes_supported: [lookScope, editScope],
  bearer_methods_supported: ['header'],
  resource_name: 'Atelier',
});
