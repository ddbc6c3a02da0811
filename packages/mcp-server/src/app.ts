import { randomBytes } from 'node:crypto';
import type { Language } from '@atelier/sdk';
import { createRequestStateCodec, type McpServer, type Transport } from '@modelcontextprotocol/server';
import { type StdioServerHandle, serveStdio } from '@modelcontextprotocol/server/stdio';
import { type McpSettings, noUrls, type UploadUrls } from './options.ts';
import type { RoundState } from './people/host-people.ts';
import { type ServerCaller, serverMaker } from './server.ts';
import type { Principal, Workshops } from './workshop/workshop.ts';

export interface McpAppOptions {
  /** Where tools work. @example inProcessWorkshops({ studio: async () => atelier({ backends: [local()] }), approve: 'never' }) */
  readonly workshops: Workshops;
  /** Folders whose pictures may be read by their absolute paths. Default: none. */
  readonly roots?: readonly string[] | undefined;
  /** Which URLs may be fetched; private addresses are refused in any case. Default: none. */
  readonly urls?: ((url: URL) => boolean) | undefined;
  /** A folder that `save_image` writes into. Default: that tool is not offered. */
  readonly output?: string | undefined;
  /** Whether results carry previews. Default `on`. */
  readonly images?: 'on' | 'off' | undefined;
  /** Which tool calls wait for a person's yes. Default `never`: hosts ask before they call tools. */
  readonly approve?: 'edits' | 'never' | undefined;
  /** Language of what tools say where the caller's words do not tell. Default `en`. */
  readonly language?: Language | undefined;
  /** Most bytes of a tool's result on the wire. Default 262,144. */
  readonly resultBytes?: number | undefined;
  /** Most characters of a data URL. Default 1,048,576. */
  readonly dataUrlBytes?: number | undefined;
  /** Most bytes of a file that `resources/read` sends. Default 7,340,032. */
  readonly resourceBytes?: number | undefined;
  /** Signs what travels through clients: at least 32 bytes, one for all processes behind a balancer. Default: a new one. */
  readonly secret?: Uint8Array | undefined;
  /** Over HTTP: signed URLs for files. */
  readonly uploads?: UploadUrls | undefined;
  /** Told faults of the server itself. Default: their stack, on stderr. */
  readonly onFault?: ((error: unknown) => void) | undefined;
}

/** The MCP server, to be put on a transport. */
export interface McpApp {
  readonly settings: McpSettings;
  /** A server for one caller: give it to `serveStdio`, `createMcpHandler` or a transport of your own. */
  makeServer(caller: ServerCaller): McpServer;
  /** Serves one host, on this process's stdin and stdout unless a transport is given. */
  serveStdio(options?: {
    readonly session?: string | undefined;
    /** The streams, where they are not this process's own or need patience. */
    readonly transport?: Transport | undefined;
    readonly onerror?: ((error: Error) => void) | undefined;
  }): StdioServerHandle;
  /** Ends unfinished jobs and frees workers and connections. */
  close(): Promise<void>;
}

/** Puts the tools, resources and prompts over workshops. */
export function createMcpApp(options: McpAppOptions): McpApp {
  const settings = settingsOf(options);
  const { workshops, onFault = sayFault } = options;
  const codec = createRequestStateCodec<RoundState>({ key: settings.secret, ttlSeconds: 900 });
  const makeServer = serverMaker({ settings, workshops, codec, onFault });
  return {
    settings,
    makeServer,
    serveStdio({ session, transport, onerror } = {}) {
      const principal: Principal = { scope: 'default', may: { look: true, edit: true }, session };
      return serveStdio(({ era }) => makeServer({ principal, era, lifetime: 'connection' }), {
        ...(transport ? { transport } : {}),
        ...(onerror ? { onerror } : {}),
      });
    },
    close: () => workshops.close(),
  };
}

const settingsOf = (options: McpAppOptions): McpSettings => ({
  images: options.images ?? 'on',
  language: options.language ?? 'en',
  roots: options.roots ?? [],
  urls: options.urls ?? noUrls,
  output: options.output,
  approve: options.approve ?? 'never',
  resultBytes: options.resultBytes ?? 256 * 1024,
  dataUrlBytes: options.dataUrlBytes ?? 1024 * 1024,
  resourceBytes: options.resourceBytes ?? 7 * 1024 * 1024,
  waitMs: 50_000,
  secret: options.secret ?? randomBytes(32),
  uploads: options.uploads,
});

/** stdout belongs to the protocol. */
const sayFault = (error: unknown): void => console.error(error);
