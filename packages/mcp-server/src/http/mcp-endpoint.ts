import type { IncomingMessage, ServerResponse } from 'node:http';
import { type NodeIncomingMessageLike, toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { authInfoOf, type Caller, principalOf } from '../auth/caller.ts';
import { tenantEvents } from '../resources/tenant-events.ts';
import type { HttpOptions } from './http-options.ts';
import { checkJsonShape } from './json-shape.ts';
import { readBody } from './read-body.ts';

const defaultMaxBodyBytes = 8 * 1024 * 1024;

export interface McpEndpoint {
  /** Answers a request of an authenticated caller. Throws `request-too-large`, `invalid-input`, `cancelled`. */
  serve(request: IncomingMessage, response: ServerResponse, caller: Caller): Promise<void>;
  /** Ends subscriptions and what is at work. */
  close(): Promise<void>;
}

export interface EndpointOptions extends Pick<HttpOptions, 'makeServer' | 'maxBodyBytes' | 'workshops'> {
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
    (requestContext) => makeServer({ principal: principalOf(requestContext.authInfo), requestContext }),
    { legacy: 'stateless', onerror, maxRequestBodySize: maxBodyBytes, bus: events.bus },
  );
  const toHandler = toNodeHandler(handler, { onerror, maxRequestBodySize: maxBodyBytes });
  return {
    async close() {
      await handler.close();
      events.close();
    },
    async serve(request, response, caller) {
      const body = await readBody(request, response, maxBodyBytes);
      checkJsonShape(body);
      const auth = authInfoOf(caller, options.resourceMetadataUrl());
      await events.within(caller.principal, () => toHandler(withBody(request, body, auth), response));
    },
  };
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
