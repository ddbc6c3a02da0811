import { createRequestStateCodec } from '@modelcontextprotocol/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createSeal } from '../http/uploads/seal.ts';
import { type Answer, imageIn } from './__fixtures__/answer.ts';
import { type HttpHost, httpHost, type RpcOptions } from './__fixtures__/http-host.ts';
import { toolsIn } from './__fixtures__/known-tools.ts';
import { twoSquares } from './__fixtures__/two-squares.ts';

const keys = { lee: 'lee-0123456789abcdef', ann: 'ann-0123456789abcdef', looker: 'looker-0123456789abcdef' };
const secret = 'a secret that signs what travels through clients';
const [lee, ann, looker]: RpcOptions[] = [{ key: keys.lee }, { key: keys.ann }, { key: keys.looker }];
const darker = { operation: 'brighten', parameters: { amount: -0.3 }, box: { x: 40, y: 50, width: 80, height: 80 } };

let host: HttpHost;
let image: string;
/** In another session: the first one’s is busy with a job. */
let free: string;
let mask: string;
let job: string;
let session: string;
/** What lee's host has been handed, for others to steal. */
let stolen: { readonly state: string; readonly approval: string; readonly file: string };

beforeAll(async () => {
  const env = {
    ATELIER_MCP_KEYS: `lee=${keys.lee},ann=${keys.ann},lee:look=${keys.looker}`,
    ATELIER_MCP_SECRET: secret,
  };
  host = await httpHost({ parameters: ['--approve', 'edits'], env });
  const loaded = await host.call('load_image', { source: (await twoSquares()).url }, lee);
  image = imageIn(loaded);
  mask = String((await host.call('segment_object', { image, phrase: 'the red square', choice: 1 }, lee)).output.mask);
  const begun = await host.call('start_edit', { image, prompt: 'make the picture brighter' }, lee);
  [job, session] = [String(begun.output.job), String(begun.output.session)];
  await host.call('job_status', { job, wait_seconds: 10 }, lee);
  free = imageIn(await host.call('load_image', { source: (await twoSquares(20)).url }, lee));
  stolen = {
    state: String((await host.call('adjust_image', { image: free, ...darker }, lee)).result.requestState),
    approval: String((await withoutPerson('adjust_image', { image: free, ...darker }, keys.lee)).output.approval),
    file: /http:\/\/[^"\\]+\/files\/[^"\\]+/.exec(loaded.whole)?.[0] ?? '',
  };
});
afterAll(async () => {
  await host?.end();
});

/** A host that cannot ask anybody. */
async function withoutPerson(name: string, input: object, key: string): Promise<Answer> {
  const { readRpc, jsonHeaders } = await import('./__fixtures__/http-host.ts');
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: input } });
  return readRpc(await host.raw('/mcp', { headers: { ...jsonHeaders, authorization: `Bearer ${key}` }, body }));
}

it('what is to be stolen is there', () => {
  expect([image, mask, job, session]).toEqual(
    [/^img_/, /^mask_/, /^job_/, /^session_/].map((form) => expect.stringMatching(form)),
  );
  expect(Object.values(stolen).every((one) => one.length > 30)).toBe(true);
});

describe('what belongs to another tenant is not there', () => {
  const calls = (): [string, object][] => [
    ['load_image', { source: image }],
    ['load_image', { source: `atelier://images/${image}` }],
    ['ask_image', { image, question: 'What is it?' }],
    ['detect_objects', { image, phrases: ['square'] }],
    ['segment_object', { image, phrase: 'square' }],
    ['remove_object', { image, mask }],
    ['inpaint_image', { image, mask, prompt: 'a cat' }],
    ['adjust_image', { image, ...darker }],
    ['edit_image', { image, prompt: 'make it brighter' }],
    ['start_edit', { image, prompt: 'make it brighter' }],
    ['job_status', { job }],
    ['answer_job', { job, approved: true }],
    ['answer_job', { job, choice: 1 }],
    ['cancel_job', { job }],
  ];

  it('for any tool', async () => {
    for (const [tool, input] of calls()) {
      const answer = await host.call(tool, input, ann);
      const approved = await withoutPerson(tool, input, keys.ann);
      expect([tool, answer.refusal, approved.refusal]).toEqual([tool, 'not-found', 'not-found']);
      expect(answer.whole).not.toContain('brighter');
    }
    expect((await host.call('job_status', { job }, lee)).output.state).toBe('waiting');
  });

  it('for a mask of theirs on a picture of ours', async () => {
    const ours = imageIn(await host.call('load_image', { source: (await twoSquares(1)).url }, ann));
    const { approval } = (await withoutPerson('remove_object', { image: ours, mask }, keys.ann)).output;
    const answer = await withoutPerson('remove_object', { image: ours, mask, approval }, keys.ann);
    expect(answer.refusal).toBe('not-found');
    expect((await host.call('segment_object', { image: ours, mask }, ann)).refusal).toBe('not-found');
  });

  it('for the session of another: the same name is another session', async () => {
    const begun = await host.call('start_edit', { session, prompt: 'make the picture brighter' }, ann);
    const ended = await host.call('job_status', { job: begun.output.job, wait_seconds: 10 }, ann);
    expect(ended.whole).not.toContain(image);
    expect(
      (await host.request('resources/read', { uri: `atelier://sessions/${session}/history` }, ann)).whole,
    ).not.toContain(image);
  });

  it('for resources, with and without traversal', async () => {
    const own = ['images/IMAGE', 'images/IMAGE/preview', 'masks/MASK', 'jobs/JOB'];
    const ways = [
      ...[
        'images/../lee/IMAGE',
        'images/..%2f..%2flee%2fIMAGE',
        'images/IMAGE/../IMAGE',
        'images//IMAGE',
        'images/IMAGE%00',
      ],
      ...[
        'images/../../../../etc/passwd',
        'sessions/../lee/SESSION/history',
        'sessions/..%2flee/history',
        'jobs/../JOB',
      ],
      ...[
        'jobs/%2e%2e/JOB',
        'masks/../images/IMAGE',
        'images/IMAGE?scope=lee',
        'images/IMAGE#lee',
        'images/IMAGE/preview/../..',
      ],
      ...[
        'sessions/./history',
        'sessions/.hidden/history',
        'sessions/__proto__/history',
        'jobs/__proto__',
        'jobs/constructor',
      ],
    ];
    const filled = (way: string) =>
      `atelier://${way.replace('IMAGE', image).replace('IMAGE', image).replace('MASK', mask).replace('JOB', job).replace('SESSION', session)}`;
    for (const way of own)
      expect([way, (await host.request('resources/read', { uri: filled(way) }, lee)).error]).toEqual([way, undefined]);
    for (const way of [...own, ...ways]) {
      const { error, whole } = await host.request('resources/read', { uri: filled(way) }, ann);
      expect([way, error?.code]).toEqual([way, expect.toSatisfy((code) => [-32002, -32602].includes(code))]);
      expect(whole).not.toMatch(/blob|counts|"prompt"|root:/);
    }
    for (const uri of [
      'file:///etc/passwd',
      'http://127.0.0.1/',
      'ui://atelier/../../package.json',
      'atelier://',
      'ATELIER://images/x',
      '',
    ])
      expect([uri, (await host.request('resources/read', { uri }, ann)).error?.code]).toEqual([
        uri,
        expect.any(Number),
      ]);
  });

  it('for lists and completions', async () => {
    const references = ['images/{id}', 'images/{id}/preview', 'masks/{id}', 'sessions/{id}/history', 'jobs/{id}'];
    const all = [
      await host.request('resources/list', {}, ann),
      await host.request('prompts/get', { name: 'edit-photo', arguments: {} }, ann),
    ];
    for (const reference of references)
      for (const value of ['', 'img_', image, image.slice(0, 12), job.slice(0, 8), '../lee/', mask.slice(0, 9)])
        all.push(
          await host.request(
            'completion/complete',
            { ref: { type: 'ref/resource', uri: `atelier://${reference}` }, argument: { name: 'id', value } },
            ann,
          ),
        );
    for (const answer of all) for (const id of [image, mask, job]) expect(answer.whole.includes(id)).toBe(false);
  });

  it('for subscriptions: whoever listens to another hears nothing', async () => {
    const heard = (options: RpcOptions, uris: readonly string[]) => listen(host, options, uris);
    const uris = [`atelier://jobs/${job}`, `atelier://sessions/${session}/history`, `atelier://images/${image}`];
    const [theirs, ours] = [heard(ann ?? {}, uris), heard(lee ?? {}, uris)];
    await expect.poll(() => [theirs.text(), ours.text()].every((text) => text.includes('acknowledged'))).toBe(true);
    const begun = await host.call('start_edit', { image, session, prompt: 'make the picture darker' }, lee);
    await host.call('cancel_job', { job: begun.output.job }, lee);
    await host.call('load_image', { source: (await twoSquares(2)).url }, lee);
    await expect.poll(() => ours.text()).toMatch(/list_changed|resources\/updated/);
    expect(theirs.text()).not.toMatch(/list_changed|resources\/updated/);
    for (const one of [theirs, ours]) one.stop();
  });
});

function listen({ port }: HttpHost, { key = '' }: RpcOptions, uris: readonly string[]) {
  const gone = new AbortController();
  let text = '';
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientInfo': { name: 'attacker', version: '1.0.0' },
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const notifications = { resourceSubscriptions: uris, resourcesListChanged: true };
  const body = JSON.stringify({
    jsonrpc: '2.0',
    id: 'l',
    method: 'subscriptions/listen',
    params: { notifications, _meta },
  });
  const headers = {
    ...{ 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    ...{ 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'subscriptions/listen', authorization: `Bearer ${key}` },
  };
  const read = async (): Promise<void> => {
    const response = await fetch(`http://127.0.0.1:${port}/mcp`, {
      method: 'POST',
      headers,
      body,
      signal: gone.signal,
    });
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
  };
  read().catch(() => {});
  return { text: () => text, stop: () => gone.abort() };
}

describe('what is signed for one call of one tenant', () => {
  const accepted = { inputResponses: { approval: { action: 'accept', content: { approved: true } } } };
  const adjust = (options: RpcOptions, more: object, input: object = {}) =>
    host.call('adjust_image', { image: free, ...darker, ...input }, { ...options, more });

  it('a state says yes to its own call', async () => {
    expect((await adjust(lee ?? {}, { ...accepted, requestState: stolen.state })).output.image).toMatch(/^img_/);
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
      const answer = await adjust(lee ?? {}, { ...accepted, requestState });
      expect([requestState.slice(0, 20), answer.output.image]).toEqual([requestState.slice(0, 20), undefined]);
    }
    const over = await codec(secret, 1).mint(fresh);
    await new Promise((resolve) => setTimeout(resolve, 2100));
    expect((await adjust(lee ?? {}, { ...accepted, requestState: over })).output.image).toBeUndefined();
  });

  it('a state of another call, tool or tenant says nothing', async () => {
    const requestState = stolen.state;
    const asksAgain = async (answer: Promise<Answer>) =>
      expect((await answer).result.resultType).toBe('input_required');
    const other = { parameters: { amount: 0.9 } };
    await asksAgain(adjust(lee ?? {}, { ...accepted, requestState }, other));
    await asksAgain(host.call('remove_object', { image, mask }, { ...lee, more: { ...accepted, requestState } }));
    await asksAgain(adjust(lee ?? {}, accepted));
    const theirs = imageIn(await host.call('load_image', { source: (await twoSquares(20)).url }, ann));
    expect(theirs).toBe(free);
    await asksAgain(adjust(ann ?? {}, { ...accepted, requestState }));
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

describe('a key that may only look', () => {
  it('runs no tool that edits, answers or cancels', async () => {
    const readers = ['job_status', 'ask_image', 'detect_objects', 'segment_object', 'load_image', 'create_upload'];
    const tools = toolsIn(await host.request('tools/list', {}, looker)).map(({ name }) => name);
    const letIn: string[] = [];
    for (const tool of tools) if ((await host.call(tool, {}, looker)).refusal !== 'http 403') letIn.push(tool);
    expect(letIn.toSorted()).toEqual(readers.toSorted());
    const full: [string, object][] = [
      ['adjust_image', { image, ...darker, approval: stolen.approval }],
      ['edit_image', { image, prompt: 'make it brighter' }],
      ['start_edit', { image, prompt: 'make it brighter' }],
      ['answer_job', { job, approved: true }],
      ['cancel_job', { job }],
      ['undo_edit', { edit: 'node_1' }],
    ];
    for (const [tool, input] of full) expect((await host.call(tool, input, looker)).refusal).toBe('http 403');
    expect((await host.call('job_status', { job }, looker)).output.state).toBe('waiting');
  });

  it('does not get around it by another case, a batch, or headers that say otherwise', async () => {
    const authorization = `Bearer ${keys.looker}`;
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      authorization,
    };
    const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'cancel_job', arguments: { job } } };
    const ping = { jsonrpc: '2.0', id: 2, method: 'ping' };
    const tries: [object, unknown][] = [
      [headers, [call]],
      [headers, [ping, call]],
      [{ ...headers, 'mcp-method': 'ping' }, call],
      [
        { ...headers, 'mcp-method': 'tools/call', 'mcp-name': 'job_status', 'mcp-protocol-version': '2026-07-28' },
        call,
      ],
      [headers, { ...call, params: { ...call.params, name: 'CANCEL_JOB' } }],
      [{ ...headers, 'x-forwarded-user': 'ann', 'mcp-session-id': 'x' }, call],
    ];
    for (const [sent, body] of tries)
      await host.raw('/mcp', { headers: { ...headers, ...sent }, body: JSON.stringify(body) });
    expect((await host.call('job_status', { job }, lee)).output.state).toBe('waiting');
  });
});

it('nobody without a key gets anything, and every way of saying one but the right one is refused', async () => {
  const tries = [
    undefined,
    '',
    'Bearer',
    'Bearer ',
    `Basic ${btoa(`lee:${keys.lee}`)}`,
    keys.lee,
    `Bearer ${keys.lee}x`,
    'Bearer lee',
    `Bearer ${keys.lee.toUpperCase()}`,
    `Bearer ${'x'.repeat(9000)}`,
    `Bearer ${keys.lee} ${keys.ann}`,
  ];
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
  for (const authorization of tries) {
    const headers = { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) };
    const { status, text } = await host.raw('/mcp', { headers, body });
    expect([authorization, status]).toEqual([authorization, 401]);
    expect(text).not.toContain('0123456789abcdef');
  }
  expect(
    (await host.raw(`/mcp?access_token=${keys.lee}`, { headers: { 'content-type': 'application/json' }, body })).status,
  ).toBe(401);
  for (const secretText of [...Object.values(keys), secret]) expect(host.written('stderr')).not.toContain(secretText);
});
