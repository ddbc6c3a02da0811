import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { clientAiSdk } from './clients/client-ai-sdk.ts';
import { clientInspector } from './clients/client-inspector.ts';
import { clientV1 } from './clients/client-v1.ts';
import { clientV2 } from './clients/client-v2.ts';
import type { GoldenPlace } from './golden-client.ts';
import { goldenSession } from './golden-session.ts';
import { httpPlace, stdioPlace } from './places.ts';
import { goldenReference, photos, type Reference } from './reference.ts';

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

describe.each(hosts)('$name', ({ name, asks, connect }) => {
  const play = async (place: GoldenPlace) => {
    const client = await connect(place);
    try {
      await goldenSession(client, { place, canAsk: asks[place.over], reference });
    } finally {
      await client.close();
    }
  };

  it('over stdio', async () => {
    const data = join(folder, name.replaceAll(/\W+/g, '-'));
    await play(stdioPlace(data, '--root', photos, '--session', 'golden'));
  });

  it('over HTTP', () => play(http.place));
});
