import { local } from '@atelier/local';
import { atelier } from '@atelier/sdk';
import { McpServer } from '@modelcontextprotocol/server';
import sharp from 'sharp';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { scopeChallengeFor } from '../../auth/scopes.ts';
import { inProcessWorkshops } from '../../workshop/in-process/in-process-workshops.ts';
import type { HttpOptions, HttpServer, HttpServerContext } from '../http-options.ts';
import { serveHttp } from '../serve-http.ts';

export interface Started extends HttpServer {
  /** What `onerror` was told. */
  readonly errors: Error[];
  /** Scopes of the callers that servers were made for. */
  readonly callers: string[];
  /** Calls of `wait` that were stopped. */
  readonly stopped: string[];
}

/** A server on any port of 127.0.0.1 with three tools, which is closed with the test. */
export async function start(options: Partial<HttpOptions> = {}): Promise<Started> {
  const [errors, callers, stopped]: [Error[], string[], string[]] = [[], [], []];
  const workshops = options.workshops ?? studioWorkshops();
  const server = await serveHttp({
    makeServer(context) {
      callers.push(context.principal.scope);
      return tinyServer(context, stopped);
    },
    port: 0,
    onerror: (error) => errors.push(error),
    ...options,
    workshops,
  });
  onTestFinished(async () => {
    await server.close({ graceMs: 0 });
    if (!options.workshops) await workshops.close();
  });
  return { ...server, errors, callers, stopped };
}

/** Pictures in memory, of a studio that is opened when the first one comes. */
export const studioWorkshops = () =>
  inProcessWorkshops({ studio: async () => atelier({ backends: [local()] }), approve: 'never' });

function tinyServer({ principal }: HttpServerContext, stopped: string[]): McpServer {
  const server = new McpServer(
    { name: 'tiny', version: '1.0.0' },
    { capabilities: { resources: { subscribe: true } } },
  );
  const say = (text: string) => ({ content: [{ type: 'text' as const, text }] });
  server.registerTool(
    'whoami',
    { description: 'Who calls.', scopeChallenge: scopeChallengeFor('look') },
    async (context) => say(JSON.stringify({ ...principal, token: context.http?.authInfo?.token })),
  );
  server.registerTool('paint', { description: 'Changes.', scopeChallenge: scopeChallengeFor('edit') }, async () =>
    say('painted'),
  );
  const inputSchema = z.object({ name: z.string(), ms: z.number() });
  server.registerTool('wait', { description: 'Waits.', inputSchema }, async ({ name, ms }, { mcpReq }) => {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      mcpReq.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        stopped.push(name);
        resolve();
      });
    });
    return say(`waited ${name}`);
  });
  return server;
}

export const pngOf = async (side: number): Promise<Uint8Array> =>
  new Uint8Array(
    await sharp({ create: { width: side, height: side, channels: 3, background: '#b03060' } })
      .png()
      .toBuffer(),
  );

export interface RpcRequest {
  readonly method: 'POST';
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** A message of the revision of 2025, which needs no greeting over stateless HTTP. */
export const rpc = (method: string, params: object = {}): RpcRequest => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
  body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
});

export const callTool = (name: string, input: object = {}) => rpc('tools/call', { name, arguments: input });

/** The same with an `Authorization` header. */
export const withBearer = (request: RpcRequest, token: string): RpcRequest => ({
  ...request,
  headers: { ...request.headers, authorization: `Bearer ${token}` },
});
