import type { IncomingMessage, ServerResponse } from 'node:http';
import { type NodeIncomingMessageLike, toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { authInfoOf, type Caller, principalOf } from '../auth/caller.ts';
import { tenantEvents } from '../resources/tenant-events.ts';
import type { HttpOptions } from './http-options.ts';
import { checkJsonShape } from './json-shape.ts';
import { type LegacySessions, legacySessions } from './legacy-sessions.ts';
import { readBody } from './read-body.ts';

const defaultMaxBodyBytes = 8 * 1024 * 1024;

export interface McpEndpoint {
  /** Answers a request of an authenticated caller. Throws `request-too-large`, `invalid-input`, `cancelled`. */
  serve(request: IncomingMessage, response: ServerResponse, caller: Caller): Promise<void>;
  /** Ends subscriptions and what is at work. */
  close(): Promise<void>;
}

export interface EndpointOptions
  extends Pick<HttpOptions, 'makeServer' | 'maxBodyBytes' | 'workshops' | 'legacySessions'> {
  readonly onerror: (error: Error) => void;
  /** Where the RFC 9728 document is, if there is one. */
  readonly resourceMetadataUrl: () => string | undefined;
}

/** The protocol itself: both revisions from one factory, nothing kept between requests. */
export function mcpEndpoint(options: EndpointOptions): McpEndpoint {
  const { makeServer, workshops, onerror, maxBodyBytes = defaultMaxBodyBytes } = options;
  // Not `handler.notify`: what is told there, every tenant hears.
  const events = tenantEvents(workshops);
  const handler = createMcpHandler(
    (requestContext) =>
      makeServer({ principal: principalOf(requestContext.authInfo), requestContext, lifetime: 'request' }),
    { legacy: 'stateless', onerror, maxRequestBodySize: maxBodyBytes, bus: events.bus },
  );
  const toHandler = toNodeHandler(handler, { onerror, maxRequestBodySize: maxBodyBytes });
  const sessions = options.legacySessions ? sessionsOf(options) : undefined;
  const toSessions = sessions && toNodeHandler(sessions, { onerror, maxRequestBodySize: maxBodyBytes });
  return {
    async close() {
      await Promise.all([handler.close(), sessions?.close()]);
      events.close();
    },
    async serve(request, response, caller) {
      const body = await readBody(request, response, maxBodyBytes);
      checkJsonShape(body);
      const auth = authInfoOf(caller, options.resourceMetadataUrl());
      const toServer = sessions?.takes(request.headers, messageIn(body)) ? toSessions : undefined;
      await events.within(caller.principal, () => (toServer ?? toHandler)(withBody(request, body, auth), response));
    },
  };
}

const sessionsOf = ({ makeServer, onerror }: EndpointOptions): LegacySessions =>
  legacySessions({
    makeServer: (principal, requestInfo, authInfo) => {
      const requestContext = { era: 'legacy' as const, requestInfo, ...(authInfo ? { authInfo } : {}) };
      return makeServer({ principal, requestContext, lifetime: 'connection' });
    },
    onerror,
  });

/** Undefined for what is no JSON: whoever serves it says so. */
function messageIn(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

/** The request with its body in hand: the adapter would break the connection off at a body that is too large, and say nothing. */
function withBody(
  { method = 'GET', url = '/', headers }: IncomingMessage,
  body: Buffer,
  auth: NodeIncomingMessageLike['auth'],
): NodeIncomingMessageLike {
  // Handlers see the request; the credentials in it are none of their business.
  const { authorization: _, cookie: __, ...shown } = headers;
  return {
    method,
    url,
    headers: shown,
    ...(auth ? { auth } : {}),
    async *[Symbol.asyncIterator]() {
      if (body.length > 0) yield body;
    },
  };
}
