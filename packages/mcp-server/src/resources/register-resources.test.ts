import { AtelierError } from '@atelier/sdk/errors';
import type { Client } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Workshop } from '../workshop/workshop.ts';
import { type Access, connect, connectEarlier, settings } from './__fixtures__/hosts.ts';
import { otherwise, realWorkshops, somebody, workshopWithAnEdit } from './__fixtures__/real-workshop.ts';
import { historyUri, imageUri, jobUri, maskUri, previewUri } from './uris.ts';

const workshops = realWorkshops();
let made: Awaited<ReturnType<typeof workshopWithAnEdit>>;
let workshop: Workshop;
const open: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  made = await workshopWithAnEdit(workshops);
  workshop = made.workshop;
});
afterAll(async () => {
  await Promise.all(open.map((client) => client.close()));
  await workshops.close();
});

const host = async (mode: 'legacy' | 'modern' = 'modern', access: Access = { workshop }): Promise<Client> => {
  const client = await connect(access, mode);
  open.push(client);
  return client;
};

const only = <Value>([value]: readonly Value[]): Value => {
  if (value === undefined) throw new Error('There is none.');
  return value;
};

const text = (contents: readonly unknown[]): unknown => {
  const content = only(contents);
  expect(content).toMatchObject({ mimeType: 'application/json' });
  return JSON.parse((content as { text: string }).text);
};

describe.each(['legacy', 'modern'] as const)('resources for a %s host', (mode) => {
  it('gives a picture as it came, whole', async () => {
    const { contents } = await (await host(mode)).readResource({ uri: imageUri(made.image) });
    const { blob, ...rest } = only(contents) as { blob: string };
    expect(rest).toEqual({ uri: imageUri(made.image), mimeType: 'image/png' });
    expect(Buffer.from(blob, 'base64').equals(made.file)).toBe(true);
  });

  it('gives a small copy', async () => {
    const { contents } = await (await host(mode)).readResource({ uri: previewUri(made.edited) });
    const { blob, mimeType } = only(contents) as { blob: string; mimeType: string };
    expect(mimeType).toMatch(/^image\/(jpeg|png)$/);
    expect(Buffer.from(blob, 'base64').length).toBeLessThanOrEqual(256 * 1024);
  });

  it('gives masks, histories and jobs as JSON', async () => {
    const client = await host(mode);
    const read = async (uri: string) => text((await client.readResource({ uri })).contents);
    expect(await read(maskUri(made.mask))).toEqual({ size: [400, 1200], counts: expect.any(String) });
    expect(await read(historyUri('kitchen'))).toEqual(await workshop.history('kitchen'));
    const job = await workshop.jobs.start({ prompt: 'make the picture brighter', image: made.image });
    const ended = await workshop.jobs.follow(job.id);
    expect(await read(jobUri(job.id))).toEqual(ended);
  });
});

describe('the list', () => {
  it('has recent pictures, histories and jobs, the size where a file was read', async () => {
    const client = await host();
    await client.readResource({ uri: imageUri(made.image) });
    const { resources } = await client.listResources();
    const entry = (uri: string) => resources.find((resource) => resource.uri === uri);
    expect(entry(imageUri(made.image))).toMatchObject({
      name: made.image,
      title: 'Picture, 1200 × 400 pixels',
      mimeType: 'image/png',
      size: made.file.length,
      annotations: { audience: ['user'] },
    });
    expect(entry(imageUri(made.edited))).not.toHaveProperty('size');
    expect(entry(historyUri('kitchen'))).toMatchObject({ mimeType: 'application/json' });
    expect(resources.filter(({ uri }) => uri.startsWith('atelier://jobs/')).length).toBeGreaterThan(0);
    expect(resources.length).toBeLessThanOrEqual(90);
  });

  it('has five templates, in the language of the server', async () => {
    const client = await host('modern', { workshop, settings: { ...settings, language: 'ko' } });
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual([
      'atelier://images/{id}',
      'atelier://images/{id}/preview',
      'atelier://masks/{id}',
      'atelier://sessions/{id}/history',
      'atelier://jobs/{id}',
    ]);
    for (const { title = '', description = '' } of resourceTemplates)
      expect(`${title}${description}`).toMatch(/[가-힣]/);
  });

  it('every address in it can be read', async () => {
    const client = await host();
    const { resources } = await client.listResources();
    for (const { uri } of resources) expect((await client.readResource({ uri })).contents).toHaveLength(1);
  });
});

const hex = 'a'.repeat(32);
const nothingThere = (real: { image: string; mask: string; edit: string }) => [
  imageUri(`img_${hex}`),
  maskUri(`mask_${hex}`),
  historyUri('nobody-was-here'),
  jobUri('no-such-job'),
  imageUri(real.mask),
  maskUri(real.image),
  imageUri(real.edit),
  imageUri(''),
  imageUri(real.image.toUpperCase()),
  imageUri(`${real.image}0`),
  `${imageUri(real.image)}/`,
  `${imageUri(real.image)}/preview/`,
  `${imageUri(real.image)}/preview/preview`,
  `${imageUri(real.image)}?size=full`,
  `${imageUri(real.image)}#top`,
  `${imageUri(real.image)},${real.image}`,
  imageUri(real.image.replace('img_', 'img%5F')),
  imageUri(`${real.image}%00`),
  imageUri('..%2f..%2fetc%2fpasswd'),
  imageUri('../../../etc/passwd'),
  imageUri('%2e%2e/masks'),
  `atelier://images/../masks/${real.mask}`,
  'atelier://images/{id}',
  historyUri('..'),
  historyUri('%2e%2e'),
  historyUri('.hidden'),
  historyUri('a/b'),
  historyUri('kitchen%2f..'),
  'atelier://sessions/kitchen',
  `atelier://user:password@images/${real.image}`,
  `atelier://images:80/${real.image}`,
  `atelier:images/${real.image}`,
  `file:///images/${real.image}`,
  'atelier://',
  'not an address',
  '',
  `atelier://images/${'a'.repeat(5000)}`,
  `atelier://sessions/${'../'.repeat(3000)}history`,
  `atelier://jobs/${'%2e'.repeat(500_000)}`,
];

it('answers every address of nothing with "not found", and never with something else', async () => {
  const clients = [await host('modern'), await host('legacy')];
  for (const client of clients) {
    for (const uri of nothingThere(made)) {
      const read = client.readResource({ uri });
      await expect(read, uri.slice(0, 80)).rejects.toMatchObject({ code: -32602 });
    }
  }
});

it('resolves dots as addresses do: to what is meant, or to nothing', async () => {
  const { contents } = await (await host()).readResource({ uri: `atelier://images/x/../${made.image}` });
  expect(only(contents).uri).toBe(imageUri(made.image));
});

it('does not show what is another tenant’s', async () => {
  const client = await host('modern', { workshop: workshops.of(somebody('another')) });
  for (const uri of [imageUri(made.image), previewUri(made.image), maskUri(made.mask), historyUri('kitchen')]) {
    await expect(client.readResource({ uri })).rejects.toMatchObject({ code: -32602, data: { uri } });
  }
  expect((await client.listResources()).resources).toEqual([]);
});

it('shows nothing to callers who may not look', async () => {
  const principal = { scope: 'default', may: { look: false, edit: false } };
  const client = await host('modern', { workshop, principal });
  await expect(client.readResource({ uri: imageUri(made.image) })).rejects.toMatchObject({
    code: -32602,
    data: { code: 'access-denied' },
  });
  await expect(client.listResources()).rejects.toMatchObject({ code: -32602 });
  const { completion } = await client.complete({
    ref: { type: 'ref/resource', uri: 'atelier://images/{id}' },
    argument: { name: 'id', value: 'img_' },
  });
  expect(completion.values).toEqual([]);
});

describe('a file above the limit', () => {
  it('is refused, with the ways that are there', async () => {
    const uploads = {
      create: () => Promise.reject(new Error('not here')),
      download: async (scope: string, image: string) => `https://files.example.org/${scope}/${image}?token=t`,
    };
    const limited = { ...settings, resourceBytes: 1000, output: '/tmp', uploads };
    const client = await host('modern', { workshop, settings: limited });
    const read = client.readResource({ uri: imageUri(made.image) });
    await expect(read).rejects.toMatchObject({ code: -32602, data: { code: 'response-too-large' } });
    await expect(read).rejects.toThrow(previewUri(made.image));
    await expect(read).rejects.toThrow(`https://files.example.org/default/${made.image}?token=t`);
    await expect(read).rejects.toThrow('save_image');
    expect((await client.readResource({ uri: previewUri(made.image) })).contents).toHaveLength(1);
  });

  it('names no way that is not there', async () => {
    const client = await host('modern', { workshop, settings: { ...settings, resourceBytes: 1000 } });
    const read = client.readResource({ uri: imageUri(made.image) });
    await expect(read).rejects.toThrow(/at most 0\.0 MiB/);
    await expect(read).rejects.not.toThrow('save_image');
  });
});

describe('failures', () => {
  it('tells an AtelierError with its hint', async () => {
    const failing = otherwise(workshop, {
      history: () =>
        Promise.reject(
          new AtelierError({ code: 'server-unreachable', message: 'Away.', hint: 'Try later.', isRetryable: true }),
        ),
    });
    await expect(
      (await host('modern', { workshop: failing })).readResource({ uri: historyUri('kitchen') }),
    ).rejects.toMatchObject({ code: -32603, message: 'Away. Try later.', data: { isRetryable: true } });
  });

  it('keeps faults of ours from callers, and tells us', async () => {
    const fault = new Error('ENOENT: /srv/secret/place');
    const onFault = vi.fn();
    const failing = otherwise(workshop, { file: () => Promise.reject(fault) });
    const client = await host('modern', { workshop: failing, onFault });
    const read = client.readResource({ uri: imageUri(made.image) });
    await expect(read).rejects.toMatchObject({ code: -32603 });
    await expect(read).rejects.not.toThrow('secret');
    expect(onFault).toHaveBeenCalledExactlyOnceWith(fault);
  });
});

it('says how long what was read holds', async () => {
  const client = await host();
  const cached = async (uri: string) => client.readResource({ uri });
  expect(await cached(imageUri(made.image))).toMatchObject({ ttlMs: 86_400_000, cacheScope: 'private' });
  expect(await cached(maskUri(made.mask))).toMatchObject({ ttlMs: 86_400_000, cacheScope: 'private' });
  expect(await cached(historyUri('kitchen'))).toMatchObject({ ttlMs: 0, cacheScope: 'private' });
});

it('serves a host on the SDK of 2025', async () => {
  const client = await connectEarlier({ workshop });
  open.push(client);
  const { resources } = await client.listResources();
  expect(resources.map(({ uri }) => uri)).toContain(imageUri(made.edited));
  const { contents } = await client.readResource({ uri: imageUri(made.image) });
  expect(Buffer.from((only(contents) as { blob: string }).blob, 'base64').equals(made.file)).toBe(true);
  await expect(client.readResource({ uri: imageUri(`img_${hex}`) })).rejects.toMatchObject({ code: -32602 });
  expect(client.getServerCapabilities()).toMatchObject({ resources: { subscribe: true, listChanged: true } });
});
