import { createRequestStateCodec } from '@modelcontextprotocol/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createSeal } from '../http/uploads/seal.ts';
import { type Answer, imageIn } from './__fixtures__/answer.ts';
import type { RpcOptions } from './__fixtures__/http-host.ts';
import { twoSquares } from './__fixtures__/two-squares.ts';
import { ann, darker, keys, lee, secret, type TwoTenants, twoTenants } from './__fixtures__/two-tenants.ts';

let there: TwoTenants;
let host: TwoTenants['host'];
let image: TwoTenants['image'];
let mask: TwoTenants['mask'];
let free: TwoTenants['free'];
let stolen: TwoTenants['stolen'];
let withoutPerson: TwoTenants['withoutPerson'];
beforeAll(async () => {
  there = await twoTenants();
  ({ host, image, mask, free, stolen, withoutPerson } = there);
});
afterAll(async () => {
  await there?.end();
});

describe('what is signed for one call of one tenant', () => {
  const accepted = { inputResponses: { approval: { action: 'accept', content: { approved: true } } } };
  const adjust = (options: RpcOptions, more: object, input: object = {}) =>
    host.call('adjust_image', { image: free, ...darker, ...input }, { ...options, more });

  it('a state says yes to its own call', async () => {
    expect((await adjust(lee, { ...accepted, requestState: stolen.state })).output.image).toMatch(/^img_/);
  });

  it('a state that was altered, made up, sealed by others or is over is refused', async () => {
    const codec = (key: string, ttlSeconds: number) =>
      createRequestStateCodec({ key: new TextEncoder().encode(key), ttlSeconds });
    const fresh = { scope: 'lee', tool: 'adjust_image', state: { approved: 'x' } };
    const [version = '', payload = '', seal = ''] = stolen.state.split('.');
    const changed = JSON.parse(Buffer.from(payload, 'base64url').toString().replace('"lee"', '"ann"'));
    const states = [
      `${version}.${Buffer.from(JSON.stringify(changed)).toString('base64url')}.${seal}`,
      `${stolen.state.slice(0, -2)}AA`,
      stolen.state.slice(0, -10),
      `${stolen.state}x`,
      `v2.${payload}.${seal}`,
      'e30.e30.',
      '',
      'x'.repeat(100_000),
      await codec('another secret, which is as long as it must be', 900).mint(fresh),
    ];
    for (const requestState of states) {
      const answer = await adjust(lee, { ...accepted, requestState });
      expect([requestState.slice(0, 20), answer.output.image]).toEqual([requestState.slice(0, 20), undefined]);
    }
    const over = await codec(secret, 1).mint(fresh);
    await new Promise((resolve) => setTimeout(resolve, 2100));
    expect((await adjust(lee, { ...accepted, requestState: over })).output.image).toBeUndefined();
  });

  it('a state of another call, tool or tenant says nothing', async () => {
    const requestState = stolen.state;
    const asksAgain = async (answer: Promise<Answer>) =>
      expect((await answer).result.resultType).toBe('input_required');
    const other = { parameters: { amount: 0.9 } };
    await asksAgain(adjust(lee, { ...accepted, requestState }, other));
    await asksAgain(host.call('remove_object', { image, mask }, { ...lee, more: { ...accepted, requestState } }));
    await asksAgain(adjust(lee, accepted));
    const theirs = imageIn(await host.call('load_image', { source: (await twoSquares(20)).url }, ann));
    expect(theirs).toBe(free);
    await asksAgain(adjust(ann, { ...accepted, requestState }));
  });

  it('an approval stands for its own call and tenant alone', async () => {
    const needs = async (key: string, input: object) =>
      (await withoutPerson('adjust_image', { image: free, ...darker, ...input }, key)).output.needs;
    const { approval } = stolen;
    expect(await needs(keys.ann, { approval })).toBe('approval');
    expect(await needs(keys.lee, { approval, parameters: { amount: 0.5 } })).toBe('approval');
    expect(await needs(keys.lee, { approval, operation: 'sharpen', parameters: {} })).toBe('approval');
    for (const forged of [`${approval.slice(0, -1)}A`, approval.slice(1), '', 'é'.repeat(approval.length), 'true'])
      expect([forged, await needs(keys.lee, { approval: forged })]).toEqual([forged, 'approval']);
    expect(await needs(keys.lee, { approval })).toBeUndefined();
  });
});

describe('a URL that is signed', () => {
  const put = (url: string, body: Uint8Array) => host.raw(new URL(url).pathname, { method: 'PUT', body });
  const uploadUrl = async (options: RpcOptions | undefined) =>
    String((await host.call('create_upload', {}, options)).output.url);

  it('takes one picture, for the tenant it was made for', async () => {
    const url = await uploadUrl(lee);
    const { bytes } = await twoSquares(7);
    const statuses = await Promise.all(Array.from({ length: 5 }, async () => (await put(url, bytes)).status));
    expect(statuses.toSorted()).toEqual([201, 409, 409, 409, 409]);
    const { id } = z
      .object({ images: z.unknown(), id: z.string() })
      .partial()
      .parse(JSON.parse((await put(await uploadUrl(lee), bytes)).text));
    expect((await host.call('detect_objects', { image: id, phrases: ['square'] }, ann)).refusal).toBe('not-found');
    expect((await host.call('detect_objects', { image: id, phrases: ['square'] }, lee)).refusal).toBeUndefined();
  });

  it('is refused where it was altered, is over, or was made for something else', async () => {
    const url = await uploadUrl(lee);
    const token = url.split('/').at(-1) ?? '';
    const ours = createSeal(new TextEncoder().encode(secret));
    const others = createSeal(new TextEncoder().encode('another secret, which is as long as it must be'));
    const grant = { scope: 'lee', ends: Date.now() + 60_000, nonce: 'n', max: 1000 };
    const tokens = [
      `${token.slice(0, -2)}AA`,
      token.slice(1),
      `${token}A`,
      `A${token.slice(1)}`,
      others.seal('upload', grant),
      ours.seal('upload', { ...grant, ends: Date.now() - 1 }),
      ours.seal('download', grant),
      new URL(stolen.file).searchParams.get('token') ?? '',
      'x'.repeat(6000),
      '..',
      '%2e%2e',
      '__proto__',
    ];
    const { bytes } = await twoSquares(8);
    for (const one of tokens)
      expect([one, (await put(`${host.baseUrl}/uploads/${one}`, bytes)).status]).toEqual([one, 404]);
    expect((await put(url, bytes)).status).toBe(201);
  });

  it('gives one file alone', async () => {
    const { pathname, search, searchParams } = new URL(stolen.file);
    const token = searchParams.get('token') ?? '';
    expect((await host.raw(`${pathname}${search}`)).status).toBe(200);
    const other = imageIn(await host.call('load_image', { source: (await twoSquares(9)).url }, lee));
    const upload = (await uploadUrl(lee)).split('/').at(-1);
    const paths = [
      `/files/${other}${search}`,
      `/files/${mask}${search}`,
      pathname,
      `${pathname}?token=`,
      `${pathname}?token=${token.slice(0, -2)}AA`,
      `${pathname}?token=${upload}`,
      `${pathname}${search}&token=x`,
      `${pathname}/../${other}${search}`,
      `/files/..%2f..%2f..%2fetc%2fpasswd${search}`,
      `/files/${image}%00${search}`,
    ];
    for (const path of paths) expect([path, (await host.raw(path)).status]).toEqual([path, 404]);
  });
});
