import { readFileSync } from 'node:fs';
import { type McpRequestContext, McpServer, type RequestStateCodec } from '@modelcontextprotocol/server';
import { registerApps } from './apps/register-apps.ts';
import { scopeChallengeFor } from './auth/scopes.ts';
import { instructions } from './instructions.ts';
import type { McpSettings } from './options.ts';
import type { RoundState } from './people/host-people.ts';
import { registerPrompts } from './prompts/register-prompts.ts';
import { registerResources } from './resources/register-resources.ts';
import { type PreparedTool, prepareTool, registerTool, type ToolHost } from './tools/register-tool.ts';
import { mcpTools } from './tools/tools.ts';
import type { Principal, Workshops } from './workshop/workshop.ts';

export interface ServerParts {
  readonly settings: McpSettings;
  readonly workshops: Workshops;
  readonly codec: RequestStateCodec<RoundState>;
  /** Told what is no `AtelierError`: a fault of ours. */
  readonly onFault: (error: unknown) => void;
}

/** What one server is made for: a connection over stdio, a request over HTTP. */
export interface ServerCaller {
  readonly principal: Principal;
  readonly era: McpRequestContext['era'];
  /** Whether a request alone (over HTTP), or all of a connection's, are served by what is made. */
  readonly lifetime: 'connection' | 'request';
}

/** Makes servers for callers: the same tools, resources and prompts for hosts of all revisions. */
export function serverMaker(parts: ServerParts): (caller: ServerCaller) => McpServer {
  const { settings, workshops, codec, onFault } = parts;
  // Schemas are made when the first caller comes: starting must not wait for them.
  let tools: readonly PreparedTool[] | undefined;
  return ({ principal, era, lifetime }) => {
    tools ??= mcpTools(settings).map(prepareTool);
    const workshop = workshops.of(principal);
    const server = new McpServer(serverInfo, {
      capabilities: { resources: { subscribe: true, listChanged: true } },
      instructions: instructions(settings),
      requestState: { verify: codec.verify },
    });
    const abortMeans = era === 'legacy' && lifetime === 'request' ? 'hang-up' : 'stop';
    const host: ToolHost = { server, settings, workshop, principal, codec, abortMeans, onFault };
    for (const tool of tools) registerTool(tool, host);
    const access = { workshop, settings, principal, era, lifetime, scopeChallenge: scopeChallengeFor('look'), onFault };
    registerResources(server, access);
    registerPrompts(server, access);
    registerApps(server, settings);
    return server;
  };
}

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

export const serverInfo = {
  name: 'atelier',
  title: 'Atelier',
  version,
  description: 'Eyes, a pointer, hands and a brush: look at pictures, find things, cut them out, repaint only them.',
};
