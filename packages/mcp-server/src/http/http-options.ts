import type { McpRequestContext, McpServer, ServerEventBus, ServerNotifier } from '@modelcontextprotocol/server';
import type { HttpAuthOptions } from '../auth/auth-options.ts';
import type { UploadUrls } from '../options.ts';
import type { Principal, Workshops } from '../workshop/workshop.ts';

/** What the server of one request is made from. */
export interface HttpServerContext {
  /** Who calls, as the request's credentials say. */
  readonly principal: Principal;
  readonly requestContext: McpRequestContext;
  /** This caller's signed URLs, for `McpSettings.uploads`; undefined where there are none. */
  readonly uploads: UploadUrls | undefined;
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
   * Names by which it may be called (`name`, or `name:port`), beside loopback ones and that of `publicUrl`. Must be given when
   * listening beyond loopback; `*` allows any.
   */
  readonly allowedHosts?: readonly string[] | undefined;
  /**
   * Pages that may call it: `https://app.example.org`, a host name (any scheme and port), or `moz-extension://*`. Default: those
   * on loopback where it listens there, and its own.
   */
  readonly allowedOrigins?: readonly string[] | undefined;
  /** Most bytes of a message. Default 8 MiB. */
  readonly maxBodyBytes?: number | undefined;
  /** Signed URLs of uploads and files; undefined: there are none. */
  readonly uploads?: UploadOptions | undefined;
  readonly timeouts?: HttpTimeouts | undefined;
  /** Told what went wrong inside; never tokens. Default: one line on stderr. */
  readonly onerror?: ((error: Error) => void) | undefined;
  /** Carries changes between processes to those who subscribe. Default: within this process. */
  readonly bus?: ServerEventBus | undefined;
}

export interface UploadOptions {
  /** At least 32 bytes; the same in all processes behind one balancer. */
  readonly secret: Uint8Array;
  /** A folder that those processes share, where it is kept which URLs were used. Undefined: in memory, for one process. */
  readonly folder?: string | undefined;
  /** Most bytes of an upload. Default 32 MiB. */
  readonly maxBytes?: number | undefined;
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
  /** Tells those who subscribe to changes. */
  readonly notify: ServerNotifier;
  /**
   * Takes no more requests, gives those at work the rest of the time (default 10 seconds), ends subscriptions and stops what is
   * still at work then.
   */
  close(options?: { readonly graceMs?: number | undefined }): Promise<void>;
}
