import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import {
  type AuthInfo,
  isInitializeRequest,
  type McpServer,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import { principalOf } from '../auth/caller.ts';
import type { Principal } from '../workshop/workshop.ts';

export interface LegacySessionsOptions {
  /** Makes the server of one connection. */
  makeServer(principal: Principal, request: Request, authInfo: AuthInfo | undefined): McpServer | Promise<McpServer>;
  readonly onerror: (error: Error) => void;
  /** Most connections of one tenant; the one that was silent longest ends for a new one. Default 64. */
  readonly mostOfTenant?: number | undefined;
  /** Silence after which a connection ends, in milliseconds. Default an hour. */
  readonly idleMs?: number | undefined;
}

/**
 * Connections of hosts of 2025: only with one can they be asked anything, or told of changes. They live in this process, so behind
 * a balancer each host must come back to the process that it began with.
 */
export interface LegacySessions {
  /** Whether a request belongs to a connection, or begins one. */
  takes(headers: IncomingHttpHeaders, message: unknown): boolean;
  fetch(request: Request, options?: { readonly authInfo?: AuthInfo | undefined }): Promise<Response>;
  close(): Promise<void>;
}

interface Connection {
  readonly transport: WebStandardStreamableHTTPServerTransport;
  /** Whose it is: a session id that another caller has learnt is worth nothing. */
  readonly owner: string;
  usedAt: number;
}

const sessionHeader = 'mcp-session-id';

export function legacySessions(options: LegacySessionsOptions): LegacySessions {
  const { makeServer, mostOfTenant = 64, idleMs = 3_600_000, onerror } = options;
  const connections = new Map<string, Connection>();
  const end = (id: string): void => {
    const connection = connections.get(id);
    connections.delete(id);
    connection?.transport.close().catch((error: Error) => onerror(error));
  };
  const sweep = setInterval(
    () => {
      for (const [id, { usedAt }] of connections) if (performance.now() - usedAt > idleMs) end(id);
    },
    Math.min(idleMs, 60_000),
  );
  sweep.unref();

  const begin = async (request: Request, authInfo: AuthInfo | undefined): Promise<Response> => {
    const principal = principalOf(authInfo);
    const owner = ownerOf(principal);
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => {
        // Maps keep the order of insertion, and what is used is put in again: the first is the one silent longest.
        const others = [...connections].filter(([, connection]) => connection.owner === owner);
        for (const [oldest] of others.slice(0, Math.max(0, others.length + 1 - mostOfTenant))) end(oldest);
        connections.set(id, { transport, owner, usedAt: performance.now() });
      },
      onsessionclosed: (id) => void connections.delete(id),
    });
    const server = await makeServer(principal, request, authInfo);
    try {
      await server.connect(transport);
      return await transport.handleRequest(request, authInfo ? { authInfo } : {});
    } finally {
      // A greeting that was refused began nothing: nobody would ever end what was made for it.
      if (!isKept(transport)) await server.close();
    }
  };
  const isKept = ({ sessionId }: WebStandardStreamableHTTPServerTransport): boolean =>
    sessionId !== undefined && connections.has(sessionId);

  return {
    takes: (headers, message) => headers[sessionHeader] !== undefined || isInitializeRequest(message),
    async fetch(request, { authInfo } = {}) {
      const id = request.headers.get(sessionHeader);
      if (id === null) return begin(request, authInfo);
      const connection = connections.get(id);
      if (!connection || connection.owner !== ownerOf(principalOf(authInfo))) return unknownSession();
      connections.delete(id);
      connections.set(id, connection);
      connection.usedAt = performance.now();
      return connection.transport.handleRequest(request, authInfo ? { authInfo } : {});
    },
    async close() {
      clearInterval(sweep);
      for (const id of [...connections.keys()]) end(id);
    },
  };
}

const ownerOf = ({ scope, may, key }: Principal): string => JSON.stringify([scope, may.look, may.edit, key ?? null]);

/** What the protocol says, so that the host begins anew. */
const unknownSession = (): Response =>
  Response.json(
    {
      jsonrpc: '2.0',
      error: { code: -32_001, message: 'There is no such connection (any more): initialize again.' },
      id: null,
    },
    { status: 404 },
  );
