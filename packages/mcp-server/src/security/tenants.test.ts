import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageIn } from './__fixtures__/answer.ts';
import type { HttpHost, RpcOptions } from './__fixtures__/http-host.ts';
import { twoSquares } from './__fixtures__/two-squares.ts';
import { ann, darker, keys, lee, type TwoTenants, twoTenants } from './__fixtures__/two-tenants.ts';

let there: TwoTenants;
let host: TwoTenants['host'];
let image: TwoTenants['image'];
let mask: TwoTenants['mask'];
let job: TwoTenants['job'];
let question: TwoTenants['question'];
let session: TwoTenants['session'];
let stolen: TwoTenants['stolen'];
let withoutPerson: TwoTenants['withoutPerson'];
beforeAll(async () => {
  there = await twoTenants();
  ({ host, image, mask, job, question, session, stolen, withoutPerson } = there);
});
afterAll(() => there?.end());

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
    ['answer_job', { job, question, approved: true }],
    ['answer_job', { job, question, choice: 1 }],
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

  it('for files that are saved: the same name is another file, and no path of the machine is told', async () => {
    const file = (tenant: string) => readFile(join(there.output, tenant, 'holiday', 'a.png'));
    const name = 'holiday/a.png';
    const theirs = await host.call('save_image', { image, name }, lee);
    expect(theirs.output.path).toBe('lee/holiday/a.png');
    const before = await file('lee');
    const ours = imageIn(await host.call('load_image', { source: (await twoSquares(3)).url }, ann));
    for (const overwrite of [false, true]) {
      const answer = await host.call('save_image', { image: ours, name, overwrite }, ann);
      expect([answer.refusal, answer.output.path]).toEqual([undefined, 'ann/holiday/a.png']);
      expect(answer.whole).not.toContain(there.output);
    }
    expect((await host.call('save_image', { image: ours, name }, ann)).whole).not.toContain(there.output);
    expect((await host.call('save_image', { image: ours, name: '../lee/holiday/a.png' }, ann)).refusal).toBe(
      'invalid-input',
    );
    await host.call('save_image', { image: ours, name: 'lee/holiday/a.png' }, ann);
    expect(await file('lee')).toEqual(before);
    expect(await file('ann')).not.toEqual(before);
    expect((await readdir(there.output)).sort()).toEqual(['ann', 'lee']);
  });

  it('for subscriptions: whoever listens to another hears nothing', async () => {
    const heard = (options: RpcOptions, uris: readonly string[]) => listen(host, options, uris);
    const uris = [`atelier://jobs/${job}`, `atelier://sessions/${session}/history`, `atelier://images/${image}`];
    const [theirs, ours] = [heard(ann, uris), heard(lee, uris)];
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
