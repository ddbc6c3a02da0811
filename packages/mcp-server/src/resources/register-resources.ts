import { type McpServer, ResourceTemplate } from '@modelcontextprotocol/server';
import { checkMayLook, type ResourceAccess } from './access.ts';
import { tellConnection } from './connection-changes.ts';
import { faultTeller } from './fault-teller.ts';
import { resourceError } from './resource-error.ts';
import { resourceWords } from './resource-words.ts';
import { type ServedResource, servedResources } from './served-resources.ts';

/**
 * Pictures, previews, masks, histories and jobs as resources: read, listed, completed, and watched by hosts of both revisions.
 * Before the server is connected; over stdio, set `server.server.onclose` before or call what stands there.
 */
export function registerResources(server: McpServer, access: ResourceAccess): void {
  for (const resource of servedResources(access)) register(server, access, resource);
  tellConnection(server, access);
}

function register(server: McpServer, access: ResourceAccess, resource: ServedResource): void {
  const { name, template, complete, mimeType, audience, cacheHint, list, read } = resource;
  const { settings, principal, scopeChallenge } = access;
  const { title, description } = resourceWords[settings.language][name];
  const answer = async <Value>(uri: string, work: () => Promise<Value>): Promise<Value> => {
    try {
      checkMayLook(principal);
      return await work();
    } catch (error) {
      throw resourceError(error, uri, faultTeller(server, access));
    }
  };
  server.registerResource(
    name,
    new ResourceTemplate(template, {
      list: list && (() => answer(template.toString(), async () => ({ resources: await list() }))),
      complete: { id: async (typed) => (principal.may.look ? complete(typed) : []) },
    }),
    {
      title,
      description,
      ...(mimeType === undefined ? {} : { mimeType }),
      annotations: { audience: [...audience] },
      cacheHint,
      ...(scopeChallenge && { scopeChallenge }),
    },
    ({ href }, { id }, { mcpReq: { signal } }) =>
      answer(href, async () => ({ contents: [{ uri: href, ...(await read(String(id), signal)) }] })),
  );
}
