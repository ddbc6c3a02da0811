import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { clientAiSdk } from './__fixtures__/clients/client-ai-sdk.ts';
import { clientInspector } from './__fixtures__/clients/client-inspector.ts';
import { clientV1 } from './__fixtures__/clients/client-v1.ts';
import { clientV2 } from './__fixtures__/clients/client-v2.ts';
import type { GoldenHost, GoldenPlace } from './__fixtures__/golden-client.ts';
import { goldenSession } from './__fixtures__/golden-session.ts';
import { httpPlace, stdioPlace } from './__fixtures__/places.ts';
import { goldenReference, photos, type Reference } from './__fixtures__/reference.ts';

const hosts = [clientV2('modern'), clientV2('legacy'), clientV1, clientAiSdk, clientInspector];

let folder: string;
let reference: Reference;
let http: Awaited<ReturnType<typeof httpPlace>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'golden-'));
  [reference, http] = await Promise.all([goldenReference(), httpPlace(join(folder, 'http'))]);
});

afterAll(async () => {
  await http?.close();
  await rm(folder, { recursive: true, force: true });
});

async function play({ connect }: GoldenHost, place: GoldenPlace, canAsk: boolean): Promise<void> {
  const client = await connect(place);
  try {
    await goldenSession(client, { place, canAsk, reference });
  } finally {
    await client.close();
  }
}

describe.each(hosts)('$name', (host) => {
  it('over stdio', async () => {
    const data = join(folder, host.name.replaceAll(/\W+/g, '-'));
    await play(host, stdioPlace(data, '--root', photos, '--session', 'golden'), host.asks.stdio);
  });

  it('over HTTP', () => play(host, http.place, host.asks.http));
});

it('asks hosts of 2025 over HTTP where they have sessions', async () => {
  const server = await httpPlace(join(folder, 'sessions'), { parameters: ['--legacy-sessions'] });
  try {
    await play(clientV1, server.place, true);
  } finally {
    await server.close();
  }
});
