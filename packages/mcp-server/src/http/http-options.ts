import type { McpRequestContext, McpServer } from '@modelcontextprotocol/server';
import type { HttpAuthOptions } from '../auth/auth-options.ts';
import type { Principal, Workshops } from '../workshop/workshop.ts';
import type { SignedUrls } from './uploads/signed-urls.ts';

/** What the server of one request is made from. */
export interface HttpServerContext {
  /** Who calls, as the request's credentials say. */
  readonly principal: Principal;
  readonly requestContext: McpRequestContext;
  /** Whether this request alone is served by it, or the rest of a connection as well. */
  readonly lifetime: 'request' | 'connection';
}

export interface HttpOptions {
  /** Makes the server of one request: nothing is kept between requests. */
  makeServer(context: HttpServerContext): McpServer | Promise<McpServer>;
  /** Where uploads go and files come from. They are not closed with the server. */
  readonly workshops: Workshops;
  readonly auth?: HttpAuthOptions | undefined;
  /** Address to listen on. Default `127.0.0.1`: reachable from this machine alone. */
  readonly host?: string | undefined;
  /** 0: any free one. Default 3333. */
  readonly port?: number | undefined;
  /** The base under which clients reach it, without `/mcp`. Default: host and port. @example 'https://pictures.example.org' */
  readonly publicUrl?: string | undefined;
  /**
   * Names by which it may be called (`name`, or `name:port`), beside that of `publicUrl` and, listening on loopback, its
   * names. Beyond loopback one of both must be given; `*` allows any.
   */
  readonly allowedHosts?: readonly string[] | undefined;
  /**
   * Pages that may call it: `https://app.example.org`, a host name (any scheme and port), or `moz-extension://*`. Default: those
   * on loopback where it listens there, and its own.
   */
  readonly allowedOrigins?: readonly string[] | undefined;
  /** Most bytes of a message. Default 8 MiB. */
  readonly maxBodyBytes?: number | undefined;
  /** Signed URLs of uploads and files, the same that the tools make them with; undefined: there are none. */
  readonly uploads?: SignedUrls | undefined;
  /**
   * Keeps connections for hosts of 2025, in this process: without one they can be asked nothing and are told of no changes. Not
   * behind a balancer that spreads requests. Default false: nothing is kept.
   */
  readonly legacySessions?: boolean | undefined;
  readonly timeouts?: HttpTimeouts | undefined;
  /** Told what went wrong inside; never tokens. Default: one line on stderr. */
  readonly onerror?: ((error: Error) => void) | undefined;
}

/** All in milliseconds. */
export interface HttpTimeouts {
  /** For the headers of a request. Default 10,000. */
  readonly headersMs?: number | undefined;
  /** For a whole request, its body included; not for the answer. Default 120,000. */
  readonly requestMs?: number | undefined;
  /** How often it is looked whether either is over. Default 2,000. */
  readonly checkMs?: number | undefined;
}

export interface HttpServer {
  /** The MCP endpoint. @example 'http://127.0.0.1:3333/mcp' */
  readonly url: string;
  /** What `/mcp`, `/uploads` and `/files` lie under: `publicUrl`, or host and port. */
  readonly baseUrl: string;
  readonly port: number;
  /**
   * Takes no more requests, gives those at work the rest of the time (default 10 seconds), ends subscriptions and stops what is
   * still at work then.
   */
  close(options?: { readonly graceMs?: number | undefined }): Promise<void>;
}
