import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { Client as EarlierClient } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport as EarlierTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import type { Transport as EarlierTransportType } from '@modelcontextprotocol/sdk/shared/transport.js';
import { McpServer, type Transport } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { McpSettings } from '../../options.ts';
import { registerPrompts } from '../../prompts/register-prompts.ts';
import type { ResourceAccess } from '../access.ts';
import { registerResources } from '../register-resources.ts';
import { somebody } from './real-workshop.ts';

export const settings: McpSettings = {
  images: 'on',
  language: 'en',
  roots: [],
  urls: () => false,
  output: undefined,
  approve: 'never',
  resultBytes: 256 * 1024,
  dataUrlBytes: 1024 * 1024,
  resourceBytes: 7 * 1024 * 1024,
  waitMs: 50_000,
  secret: new Uint8Array(32),
  uploads: undefined,
};

export type Access = Partial<ResourceAccess> & Pick<ResourceAccess, 'workshop'>;

/** A server with resources and prompts only. */
export function makeServer(access: Access & Pick<ResourceAccess, 'era'>): McpServer {
  const server = new McpServer({ name: 'atelier', version: '0.0.0' });
  const whole: ResourceAccess = { settings, principal: somebody(), lifetime: 'connection', ...access };
  registerResources(server, whole);
  registerPrompts(server, whole);
  return server;
}

/** A host on one connection, as over stdio. */
export async function connect(access: Access, mode: 'legacy' | 'modern'): Promise<Client> {
  const [near, far] = InMemoryTransport.createLinkedPair();
  serveStdio(({ era }) => makeServer({ ...access, era }), { transport: far as Transport });
  const client = new Client(
    { name: 'host', version: '1.0.0' },
    mode === 'modern' ? { versionNegotiation: { mode: 'auto' } } : {},
  );
  await client.connect(near);
  return client;
}

/** A host built on the SDK of the revision of 2025. */
export async function connectEarlier(access: Access): Promise<EarlierClient> {
  const [near, far] = EarlierTransport.createLinkedPair();
  // The transports of both SDKs speak the same messages; their types differ in optional members alone.
  await makeServer({ ...access, era: 'legacy' }).connect(far as unknown as Transport);
  const client = new EarlierClient({ name: 'host', version: '1.0.0' });
  await client.connect(near as EarlierTransportType);
  return client;
}
