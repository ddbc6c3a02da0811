import { setTimeout as delay } from 'node:timers/promises';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { McpServer, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { createMcpApp } from '../app.ts';
import { parseKeys } from '../auth/keys.ts';
import { start, studioWorkshops } from './__fixtures__/start.ts';
import type { HttpServerContext } from './http-options.ts';
import { type LegacySessionsOptions, legacySessions } from './legacy-sessions.ts';

const secrets = { ann: 'a'.repeat(24), bob: 'b'.repeat(24) };
const keys = parseKeys(`ann=${secrets.ann},ann:look=${'c'.repeat(24)},bob=${secrets.bob}`);

const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
};

const post = (url: string, message: object, key: string, session?: string) =>
  fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      authorization: `Bearer ${key}`,
      ...(session === undefined ? {} : { 'mcp-session-id': session }),
    },
    body: JSON.stringify(message),
  });

const begin = async (url: string, key: string): Promise<string> => {
  const answer = await post(url, initialize, key);
  await answer.text();
  return answer.headers.get('mcp-session-id') ?? '';
};

const ping = { jsonrpc: '2.0', id: 2, method: 'ping' };

describe('a host of 2025 with a connection of its own', () => {
  it('can be asked something in the middle of a call', async () => {
    const { url } = await start({
      legacySessions: true,
      makeServer({ lifetime }: HttpServerContext) {
        const server = new McpServer({ name: 'asking', version: '1' });
        server.registerTool('ask', { inputSchema: z.object({}) }, async (_, { mcpReq }) => {
          const answer = await mcpReq.elicitInput({
            message: 'Which one?',
            requestedSchema: { type: 'object', properties: { choice: { type: 'string' } } },
          });
          return { content: [{ type: 'text', text: `${lifetime}: ${answer.content?.choice}` }] };
        });
        return server;
      },
    });
    const client = new Client({ name: 'old', version: '1' }, { capabilities: { elicitation: {} } });
    client.setRequestHandler('elicitation/create', () => ({ action: 'accept', content: { choice: '2' } }));
    await client.connect(new StreamableHTTPClientTransport(new URL(url)));
    onTestFinished(() => client.close());
    expect(await client.callTool({ name: 'ask', arguments: {} })).toMatchObject({
      content: [{ type: 'text', text: 'connection: 2' }],
    });
  });

  it('keeps it to itself: other callers, and other rights of the same one, do not find it', async () => {
    const { url } = await start({ legacySessions: true, auth: { keys } });
    const session = await begin(url, secrets.ann);
    expect(session).toMatch(/^[0-9a-f-]{36}$/);
    expect((await post(url, ping, secrets.ann, session)).status).toBe(200);
    for (const other of [secrets.bob, 'c'.repeat(24)]) {
      const answer = await post(url, ping, other, session);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ error: { code: -32_001 } });
    }
    expect((await post(url, ping, secrets.ann, 'made-up')).status).toBe(404);
  });

  it('ends it, and it is gone', async () => {
    const { url } = await start({ legacySessions: true, auth: { keys } });
    const session = await begin(url, secrets.ann);
    const headers = { authorization: `Bearer ${secrets.ann}`, 'mcp-session-id': session };
    expect((await fetch(url, { method: 'DELETE', headers })).status).toBe(200);
    expect((await post(url, ping, secrets.ann, session)).status).toBe(404);
  });

  it('is not waited for when the server closes', async () => {
    const { url, close } = await start({ legacySessions: true, auth: { keys } });
    const session = await begin(url, secrets.ann);
    const accept = 'text/event-stream';
    const headers = { authorization: `Bearer ${secrets.ann}`, 'mcp-session-id': session, accept };
    const stream = await fetch(url, { headers });
    expect(stream.status).toBe(200);
    const began = performance.now();
    await close({ graceMs: 60_000 });
    expect(performance.now() - began).toBeLessThan(30_000);
  });

  it('is nothing that others need: a call without one is answered as ever', async () => {
    const { url } = await start({ legacySessions: true, auth: { keys } });
    expect((await post(url, ping, secrets.ann)).status).toBe(200);
    const plain = await start({ auth: { keys } });
    expect((await post(plain.url, initialize, secrets.ann)).headers.get('mcp-session-id')).toBeNull();
  });
});

describe('connections', () => {
  const principal = { scope: 'ann', may: { look: true, edit: true } };
  const authInfo = { token: '', clientId: 'ann', scopes: [], extra: { principal } };
  const open = (options: Partial<LegacySessionsOptions>) => {
    const makeServer = () => new McpServer({ name: 'tiny', version: '1' });
    const sessions = legacySessions({ makeServer, onerror: () => {}, ...options });
    onTestFinished(() => sessions.close());
    const send = (message: object, session?: string, accept = 'application/json, text/event-stream') => {
      const named = session === undefined ? {} : { 'mcp-session-id': session };
      const headers = { 'content-type': 'application/json', accept, ...named };
      const request = new Request('http://h/mcp', { method: 'POST', headers, body: JSON.stringify(message) });
      return sessions.fetch(request, { authInfo });
    };
    const join = async () => (await send(initialize)).headers.get('mcp-session-id') ?? '';
    return { send, join, statusOf: async (session: string) => (await send(ping, session)).status };
  };

  it('of one tenant are so many at most: the one silent longest ends', async () => {
    const { join, statusOf } = open({ mostOfTenant: 2 });
    const [first, second] = [await join(), await join()];
    expect(await statusOf(first)).toBe(200);
    const third = await join();
    expect([await statusOf(first), await statusOf(second), await statusOf(third)]).toEqual([200, 404, 200]);
  });

  it('are not begun by greetings that are refused: nothing goes on listening for them', async () => {
    const workshops = studioWorkshops();
    onTestFinished(() => workshops.close());
    const workshop = workshops.of(principal);
    const listeners = new Set<object>();
    const listen = workshop.onChange.bind(workshop);
    vi.spyOn(workshop, 'onChange').mockImplementation((listener) => {
      const stop = listen(listener);
      listeners.add(stop);
      return () => {
        listeners.delete(stop);
        stop();
      };
    });
    const app = createMcpApp({ workshops: { ...workshops, of: () => workshop } });
    const servers: McpServer[] = [];
    const makeServer = () => {
      const server = app.makeServer({ principal, era: 'legacy', lifetime: 'connection' });
      servers.push(server);
      return server;
    };
    const { send, join } = open({ makeServer });
    for (const _ of Array.from({ length: 100 })) {
      expect((await send(initialize, undefined, 'application/json')).status).toBe(406);
    }
    expect(servers.filter((server) => server.isConnected())).toHaveLength(0);
    expect(listeners.size).toBe(0);
    const broken = new Error('broken');
    vi.spyOn(WebStandardStreamableHTTPServerTransport.prototype, 'handleRequest').mockRejectedValueOnce(broken);
    await expect(send(initialize)).rejects.toBe(broken);
    expect([servers.length, listeners.size]).toEqual([101, 0]);
    expect(await join()).not.toBe('');
    expect(listeners.size).toBe(1);
  });

  it('end when they are silent for long', async () => {
    const { join, statusOf } = open({ idleMs: 40 });
    const session = await join();
    await delay(200);
    expect(await statusOf(session)).toBe(404);
  });
});
