import { createHash, randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { AtelierError } from '@atelier/sdk';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Front, front } from './__fixtures__/front.ts';
import { freePort, type Moto, startMoto } from './__fixtures__/moto.ts';
import { type S3AssetStoreOptions, s3AssetStore } from './s3-asset-store.ts';

const secret = 'the-secret-that-nobody-may-see';
const credentials = { accessKeyId: 'AKIATESTTESTTESTTEST', secretAccessKey: secret };
const png = (...bytes: number[]) => ({ bytes: Uint8Array.from(bytes), mediaType: 'image/png' });

let moto: Moto;
const fronts: Front[] = [];
const options = (more: Partial<S3AssetStoreOptions> = {}): S3AssetStoreOptions => ({
  bucket: 'pictures',
  endpoint: moto.url,
  credentials,
  ...more,
});
const admin = () => new S3Client({ endpoint: moto.url, forcePathStyle: true, region: 'us-east-1', credentials });
const makeBucket = (url: string) => fetch(`${url}/pictures`, { method: 'PUT' });
const behind = async (...intercept: Parameters<typeof front> extends [string, ...infer Rest] ? Rest : never) => {
  const made = await front(moto.url, ...intercept);
  fronts.push(made);
  return made.url;
};

beforeAll(async () => {
  moto = await startMoto();
  expect((await makeBucket(moto.url)).status).toBe(200);
});
afterAll(async () => {
  for (const { close } of fronts) await close();
  await moto.stop();
});

describe('asset store in S3', () => {
  it('gives back what was put, and nothing across scopes', async () => {
    const store = s3AssetStore(options());
    await store.put('one', 'img_a', png(1, 2, 3));
    await store.put('one', 'mask_a', { bytes: new TextEncoder().encode('{}'), mediaType: 'application/json' });
    const found = await store.get('one', 'img_a');
    expect(found?.mediaType).toBe('image/png');
    expect([...(found?.bytes ?? [])]).toEqual([1, 2, 3]);
    expect((await store.get('one', 'mask_a'))?.mediaType).toBe('application/json');
    expect(await store.get('two', 'img_a')).toBeUndefined();
    expect(await store.has('two', 'img_a')).toBe(false);
    expect(await store.has('one', 'img_a')).toBe(true);
    await store.delete('one', 'img_a');
    expect(await store.has('one', 'img_a')).toBe(false);
    await store.delete('nobody', 'img_a');
  });

  it('keeps the first content of an id', async () => {
    const store = s3AssetStore(options());
    for (const byte of [1, 2]) await store.put('twice', 'img_a', png(byte));
    expect([...((await store.get('twice', 'img_a'))?.bytes ?? [])]).toEqual([1]);
  });

  it('keeps large assets to the last bit, and empty ones', async () => {
    const store = s3AssetStore(options());
    const bytes = randomBytes(9_000_000);
    await store.put('large', 'img_a', { bytes, mediaType: 'image/png' });
    expect(Buffer.compare((await store.get('large', 'img_a'))?.bytes ?? new Uint8Array(), bytes)).toBe(0);
    await store.put('large', 'img_empty', png());
    expect((await store.get('large', 'img_empty'))?.bytes).toHaveLength(0);
  });

  it('makes keys of prefix, scope and id, and objects with their media type', async () => {
    await s3AssetStore(options({ prefix: 'a/b' })).put('one', 'img_a', png(1));
    await s3AssetStore(options({ prefix: '' })).put('bare', 'img_a', png(1));
    const { ContentType } = await admin().send(new GetObjectCommand({ Bucket: 'pictures', Key: 'a/b/one/img_a' }));
    expect(ContentType).toBe('image/png');
    const { KeyCount } = await admin().send(new ListObjectsV2Command({ Bucket: 'pictures', Prefix: 'bare/' }));
    expect(KeyCount).toBe(1);
  });

  it('takes a client of the caller', async () => {
    const store = s3AssetStore({ bucket: 'pictures', client: admin() });
    await store.put('client', 'img_a', png(1));
    expect(await s3AssetStore(options()).has('client', 'img_a')).toBe(true);
  });

  it('stands many at once: every reader sees a whole asset or none', async () => {
    const stores = Array.from({ length: 4 }, () => s3AssetStore(options()));
    const assets = Array.from({ length: 10 }, () => randomBytes(50_000)).map((bytes) => ({
      bytes,
      id: `img_${createHash('md5').update(bytes).digest('hex')}`,
    }));
    await Promise.all(
      stores.flatMap((store) =>
        assets.map(async ({ id, bytes }) => {
          const early = await store.get('many', id);
          if (early) expect(Buffer.compare(early.bytes, bytes)).toBe(0);
          await store.put('many', id, { bytes, mediaType: 'image/png' });
          expect(Buffer.compare((await store.get('many', id))?.bytes ?? new Uint8Array(), bytes)).toBe(0);
        }),
      ),
    );
    const { KeyCount } = await admin().send(new ListObjectsV2Command({ Bucket: 'pictures', Prefix: 'atelier/many/' }));
    expect(KeyCount).toBe(assets.length);
  });
});

describe('asset store in S3 refuses', () => {
  it.each(['../up', 'a/b', '.hidden', '', '..', 'a\0', 'x'.repeat(200)])('the scope and the id %j', async (name) => {
    const store = s3AssetStore(options());
    await expect(store.get(name, 'img_a')).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(store.has('one', name)).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(store.put('one', name, png(1))).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(store.delete(name, 'img_a')).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it.each(['../', '/a', 'a//b', 'a/../b', 'a b'])('the prefix %j', (prefix) => {
    expect(() => s3AssetStore(options({ prefix }))).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  });

  it.each(['', 's3://pictures', 'a/b', 'https://x'])('the bucket %j', (bucket) => {
    expect(() => s3AssetStore(options({ bucket }))).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  });
});

describe('asset store in S3, when things go wrong', () => {
  it('says that a bucket does not exist, whatever is asked of it', async () => {
    const store = s3AssetStore(options({ bucket: 'no-such-bucket' }));
    const calls = [
      () => store.get('one', 'img_a'),
      () => store.has('one', 'img_a'),
      () => store.put('one', 'img_a', png(1)),
      () => store.delete('one', 'img_a'),
    ];
    for (const call of calls)
      await expect(call()).rejects.toMatchObject({
        code: 'not-found',
        message: expect.stringContaining('no-such-bucket'),
        hint: expect.stringContaining('Create it'),
      });
  });

  it('says that nothing answers, and that it may be tried again', async () => {
    const store = s3AssetStore(options({ endpoint: `http://127.0.0.1:${await freePort()}` }));
    const calls = [store.get('one', 'img_a'), store.put('one', 'img_a', png(1)), store.has('one', 'img_a')];
    const away = { code: 'server-unavailable', isRetryable: true };
    await Promise.all(calls.map((call) => expect(call).rejects.toMatchObject(away)));
  });

  it('says so too where a server takes the request and never answers', async () => {
    const endpoint = await behind(() => new Promise<boolean>(() => {}));
    const hurried = {
      requestHandler: { socketTimeout: 200 },
      maxAttempts: 1,
      forcePathStyle: true,
      region: 'us-east-1',
    };
    const store = s3AssetStore({ bucket: 'pictures', client: new S3Client({ ...hurried, endpoint, credentials }) });
    await expect(store.get('one', 'img_a')).rejects.toMatchObject({ code: 'server-unavailable', isRetryable: true });
  });

  it('says so where there are no credentials', async () => {
    const error = Object.assign(new Error('Could not load credentials'), { name: 'CredentialsProviderError' });
    const store = s3AssetStore(options({ credentials: () => Promise.reject(error) }));
    await expect(store.get('one', 'img_a')).rejects.toMatchObject({
      code: 'access-denied',
      isRetryable: false,
      message: 'No credentials were found for the bucket "pictures".',
      hint: expect.stringContaining('AWS_ACCESS_KEY_ID'),
    });
  });

  it('says so where nobody named a region', async () => {
    const region = async (): Promise<string> => {
      throw new Error('Region is missing');
    };
    const client = new S3Client({ region, credentials });
    await expect(s3AssetStore({ bucket: 'pictures', client }).get('one', 'img_a')).rejects.toMatchObject({
      code: 'invalid-input',
      hint: expect.stringContaining('AWS_REGION'),
    });
  });

  it('survives a server that is killed in the middle and comes back', async () => {
    const doomed = await startMoto();
    await makeBucket(doomed.url);
    const store = s3AssetStore(options({ endpoint: doomed.url }));
    await store.put('one', 'img_a', png(1));
    const puts = Array.from({ length: 20 }, (_, index) =>
      store.put('one', `img_${index}`, { bytes: randomBytes(500_000), mediaType: 'image/png' }),
    );
    await doomed.stop();
    for (const end of await Promise.allSettled(puts))
      if (end.status === 'rejected')
        expect(end.reason).toMatchObject({ code: 'server-unavailable', isRetryable: true });
    await expect(store.get('one', 'img_a')).rejects.toMatchObject({ code: 'server-unavailable' });
    const again = await startMoto(doomed.port);
    try {
      await makeBucket(again.url);
      await store.put('one', 'img_a', png(7));
      expect([...((await store.get('one', 'img_a'))?.bytes ?? [])]).toEqual([7]);
    } finally {
      await again.stop();
    }
  });

  it('reads again what was cut off', async () => {
    const bytes = randomBytes(300_000);
    await s3AssetStore(options()).put('cut', 'img_a', { bytes, mediaType: 'image/png' });
    let cuts = 0;
    const endpoint = await behind(async (request, response, forward) => {
      if (request.method !== 'GET' || cuts === 2) return false;
      cuts++;
      const whole = Buffer.from(await (await forward()).arrayBuffer());
      response.writeHead(200, { 'content-type': 'image/png', 'content-length': whole.length });
      response.write(whole.subarray(0, 100_000), () => response.destroy());
      return true;
    });
    const found = await s3AssetStore(options({ endpoint })).get('cut', 'img_a');
    expect(Buffer.compare(found?.bytes ?? new Uint8Array(), bytes)).toBe(0);
    expect(cuts).toBe(2);
  });

  it('gives up on what is always cut off', async () => {
    const endpoint = await behind(async (_request, response) => {
      response.writeHead(200, { 'content-length': 1000 });
      response.write('half', () => response.destroy());
      return true;
    });
    await expect(s3AssetStore(options({ endpoint })).get('cut', 'img_a')).rejects.toMatchObject({
      code: 'server-unavailable',
      isRetryable: true,
    });
  });

  it('writes without If-None-Match where the server has none, and still keeps the first', async () => {
    const sent: (string | undefined)[] = [];
    const endpoint = await behind(async (request, response) => {
      if (request.method === 'PUT') sent.push(request.headers['if-none-match']);
      if (request.headers['if-none-match'] === undefined) return false;
      answerWith(response, 501, 'NotImplemented');
      return true;
    });
    const store = s3AssetStore(options({ endpoint }));
    for (const byte of [1, 2]) await store.put('old-server', 'img_a', png(byte));
    await store.put('old-server', 'img_b', png(3));
    expect([...((await store.get('old-server', 'img_a'))?.bytes ?? [])]).toEqual([1]);
    expect(sent).toEqual(['*', undefined, undefined]);
  });

  it('puts again after a conflict with another put', async () => {
    let conflicts = 0;
    const endpoint = await behind(async (request, response) => {
      if (request.method !== 'PUT' || conflicts === 2) return false;
      conflicts++;
      answerWith(response, 409, 'ConditionalRequestConflict');
      return true;
    });
    await s3AssetStore(options({ endpoint })).put('conflict', 'img_a', png(1));
    expect(await s3AssetStore(options()).has('conflict', 'img_a')).toBe(true);
  });

  it.each([
    [403, 'AccessDenied', 'access-denied'],
    [403, 'SignatureDoesNotMatch', 'access-denied'],
    [400, 'ExpiredToken', 'access-denied'],
    [503, 'SlowDown', 'server-unavailable'],
    [500, 'InternalError', 'server-unavailable'],
    [400, 'AuthorizationHeaderMalformed', 'invalid-input'],
    [400, 'EntityTooLarge', 'request-rejected'],
  ])('maps %d %s to %s, without a word of what was signed', async (status, reason, code) => {
    const endpoint = await behind(async (_request, response) => {
      answerWith(response, status, reason, `<AWSAccessKeyId>${credentials.accessKeyId}</AWSAccessKeyId>`);
      return true;
    });
    const store = s3AssetStore(options({ endpoint }));
    const error = await store.put('one', 'img_a', png(1)).catch((error: unknown) => error);
    expect(error).toMatchObject({ code, details: { reason, status } });
    if (!AtelierError.isInstance(error)) throw error;
    expect(error.isRetryable).toBe(code === 'server-unavailable');
    expect(error.cause).toBeUndefined();
    expect(JSON.stringify(error)).not.toMatch(new RegExp(`${credentials.accessKeyId}|${secret}|${endpoint}`));
    // Once is enough of what is tried again by the AWS SDK, a second or two each.
    if (!error.isRetryable) await expect(store.get('one', 'img_a')).rejects.toMatchObject({ code });
  });

  it('says so where something else than S3 answers', async () => {
    const endpoint = await behind(async (_request, response) => {
      response.writeHead(400, { 'content-type': 'text/html' });
      response.end('<html><body>a console & <br> more</body></html>');
      return true;
    });
    await expect(s3AssetStore(options({ endpoint })).get('one', 'img_a')).rejects.toMatchObject({
      code: expect.stringMatching(/^(request-rejected|response-invalid)$/),
    });
  });

  it('gives another writer of the bucket no way out of its scope', async () => {
    await admin().send(new PutObjectCommand({ Bucket: 'pictures', Key: 'atelier/one/../two/img_x', Body: 'x' }));
    expect(await s3AssetStore(options()).get('two', 'img_x')).toBeUndefined();
  });
});

function answerWith(response: ServerResponse, status: number, code: string, more = ''): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message>${more}</Error>`);
}
