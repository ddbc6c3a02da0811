import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpHost } from './__fixtures__/http-host.ts';
import { toolsIn } from './__fixtures__/known-tools.ts';
import { twoSquares } from './__fixtures__/two-squares.ts';
import { darker, keys, lee, looker, secret, type TwoTenants, twoTenants } from './__fixtures__/two-tenants.ts';

let there: TwoTenants;
let host: TwoTenants['host'];
let image: TwoTenants['image'];
let job: TwoTenants['job'];
let stolen: TwoTenants['stolen'];
beforeAll(async () => {
  there = await twoTenants();
  ({ host, image, job, stolen } = there);
});
afterAll(async () => {
  await there?.end();
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
      ['answer_job', { job, question: there.question, approved: true }],
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

it.each(['secret', 'uploads-used', 'constructor'])(
  'a tenant called %s gets at nothing of the server’s own',
  async (name) => {
    const named = await httpHost({ env: { ATELIER_MCP_KEYS: `${name}=${keys.lee}` } });
    try {
      expect((await named.call('load_image', { source: (await twoSquares()).url }, lee)).output.image).toMatch(/^img_/);
    } finally {
      await named.end();
    }
  },
);
