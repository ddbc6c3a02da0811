import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpHost, jsonHeaders } from './__fixtures__/http-host.ts';
import { startProcess } from './__fixtures__/server-process.ts';
import { stdioHost } from './__fixtures__/stdio-host.ts';
import { telltaleServer } from './__fixtures__/telltale-server.ts';
import { twoSquares } from './__fixtures__/two-squares.ts';

/** Each of them can be told from anything else that is ever written. */
const secrets = {
  ATELIER_TRITON_TOKEN: 'sEcReT-triton-0123456789',
  OPENAI_API_KEY: 'sEcReT-openai-0123456789',
  GOOGLE_GENERATIVE_AI_API_KEY: 'sEcReT-google-0123456789',
  ATELIER_BRAIN_KEY: 'sEcReT-brain-0123456789',
  ATELIER_API_KEY: 'sEcReT-api-0123456789',
  ATELIER_MCP_KEYS: 'lee=sEcReT-lee-0123456789,ann:look=sEcReT-ann-0123456789',
  ATELIER_MCP_SECRET: 'sEcReT-signs-0123456789-0123456789-0123456789',
  ATELIER_DEBUG: '1',
} as const;
const anySecret = /sEcReT/;
const key = 'sEcReT-lee-0123456789';

let telltale: Awaited<ReturnType<typeof telltaleServer>>;
beforeAll(async () => {
  telltale = await telltaleServer();
});
afterAll(() => telltale.close());

const noCredentials = 'http://user:sEcReT-password@';

describe('no secret is in what is written or answered', () => {
  it('while the brain and the model server fail, over stdio', async () => {
    const env = { ...secrets, ATELIER_BRAIN_URL: `http://${telltale.host}/v1` };
    const brain = await stdioHost({ parameters: ['--brain', 'compatible:any'], env });
    const triton = await stdioHost({ parameters: ['--backend', `http://${telltale.host}`], env });
    try {
      const { url } = await twoSquares();
      const answers = [];
      for (const host of [brain, triton]) {
        const loaded = await host.call('load_image', { source: url });
        const image = loaded.output.image ?? `img_${'0'.repeat(32)}`;
        answers.push(loaded, await host.call('edit_image', { image, prompt: 'make it nicer' }));
        answers.push(await host.call('detect_objects', { image, phrases: ['square'] }));
        answers.push(await host.call('generate_image', { prompt: 'a cat' }), await host.request('resources/list'));
        answers.push(
          await host.call('load_image', { source: `${noCredentials}${telltale.host}/x.png?token=sEcReT-query` }),
        );
        expect(host.written('stderr')).not.toMatch(anySecret);
        expect(host.strayLines()).toEqual([]);
      }
      for (const { text, whole } of answers) expect([text, anySecret.test(whole)]).toEqual([text, false]);
      // They were sent where they belong, so there was something to tell.
      expect(telltale.told.some((words) => words.includes(secrets.ATELIER_BRAIN_KEY))).toBe(true);
      expect(telltale.told.some((words) => words.includes(secrets.OPENAI_API_KEY))).toBe(false);
    } finally {
      await Promise.all([brain.end(), triton.end()]);
    }
  }, 60_000);

  it('behind an agent API that fails', async () => {
    const { ATELIER_MCP_KEYS: _, ...env } = secrets;
    const host = await stdioHost({ parameters: ['--api', `http://${telltale.host}`], env });
    try {
      const answers = [
        await host.call('load_image', { source: (await twoSquares()).url }),
        await host.call('detect_objects', { image: `img_${'0'.repeat(32)}`, phrases: ['cup'] }),
        await host.call('start_edit', { prompt: 'make it nicer' }),
        await host.call('job_status', { job: 'job_0' }),
        await host.request('resources/list'),
        await host.request('resources/read', { uri: 'atelier://jobs/job_0' }),
      ];
      for (const { whole } of answers) expect(whole).not.toMatch(anySecret);
      expect(host.written('stderr')).not.toMatch(anySecret);
      expect(telltale.told.some((words) => words.includes(secrets.ATELIER_API_KEY))).toBe(true);
    } finally {
      await host.end();
    }
  });

  it('over HTTP, whatever comes as a credential, and signed URLs are in no log', async () => {
    const jwt = {
      ATELIER_MCP_JWT_ISSUER: 'https://id.example',
      ATELIER_MCP_JWT_JWKS_URL: `http://${telltale.host}/jwks`,
    };
    const host = await httpHost({ env: { ...secrets, ...jwt } });
    try {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const token = `${part({ alg: 'RS256', kid: 'x' })}.${part({ sub: 'sEcReT', iss: 'https://id.example' })}.sEcReT`;
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
      for (const authorization of [
        'Bearer sEcReT-none',
        `Bearer ${token}`,
        'Basic sEcReT',
        'sEcReT',
        `Bearer ${key}x`,
      ]) {
        const { status, text, headers } = await host.raw('/mcp', { headers: { ...jsonHeaders, authorization }, body });
        expect(status).toBeGreaterThanOrEqual(401);
        expect([text, JSON.stringify(headers)].join()).not.toMatch(anySecret);
      }
      await host.raw('/uploads/sEcReT', { method: 'PUT', body: 'x' });
      await host.raw('/files/sEcReT?token=sEcReT');
      await host.raw('/mcp?key=sEcReT', {
        headers: { ...jsonHeaders, cookie: 'a=sEcReT', 'x-api-key': 'sEcReT' },
        body: '{',
      });
      await host.raw('/mcp', { headers: { ...jsonHeaders, authorization: `Bearer ${key}` }, body: '{"sEcReT' });
      const upload = String((await host.call('create_upload', {}, { key })).output.url);
      const loaded = await host.call('load_image', { source: (await twoSquares()).url }, { key });
      await host.raw(new URL(upload).pathname, { method: 'PUT', body: 'no picture' });
      const file = /token=([\w-]+)/.exec(loaded.whole)?.[1] ?? 'there is one';
      for (const words of [upload.split('/').at(-1) ?? '', file]) expect(host.written('stderr')).not.toContain(words);
      expect(host.written('stderr')).not.toMatch(/sEcReT-/);
      expect(host.written('stdout')).toBe('');
      expect(await kept(host.data)).not.toMatch(/sEcReT-/);
    } finally {
      await host.end();
    }
  });

  const mistakes: readonly [string, string[], Record<string, string>][] = [
    ['a key that is too short', ['--http'], { ATELIER_MCP_KEYS: 'lee=sEcReT' }],
    ['a key without a name', ['--http'], { ATELIER_MCP_KEYS: 'sEcReT-0123456789-0123456789' }],
    ['one secret for two', ['--http'], { ATELIER_MCP_KEYS: 'a=sEcReT-0123456789,b=sEcReT-0123456789' }],
    ['a key with a space', ['--http'], { ATELIER_MCP_KEYS: 'lee=sEcReT 0123456789 0123456789' }],
    ['a short secret', ['--http'], { ATELIER_MCP_SECRET: 'sEcReT-too-short' }],
    ['a token of two lines', ['--backend', 'http://127.0.0.1:1'], { ATELIER_TRITON_TOKEN: 'sEcReT\nx: y' }],
    ['a key of two lines', ['--api', 'http://127.0.0.1:1'], { ATELIER_API_KEY: 'sEcReT\r\nx: y' }],
    ['a password in an address', ['--api', `${noCredentials}127.0.0.1:x/`], {}],
    ['a password in the address of a server', ['--backend', `${noCredentials}127.0.0.1:1`], {}],
    ['a secret on the command line', ['--api-key', 'sEcReT'], {}],
    ['one written with =', ['--key=sEcReT'], {}],
    ['keys of both kinds', ['--http'], { ATELIER_MCP_KEYS: secrets.ATELIER_MCP_KEYS, ATELIER_MCP_AUTH: 'api' }],
    [
      'a variable that nothing reads',
      ['--http', '--host', 'x'],
      { ATELIER_MCP_KEY: 'sEcReT', ATELIER_TOKEN: 'sEcReT' },
    ],
  ];
  it.each(mistakes)('at a start with %s', async (_, parameters, env) => {
    const server = await startProcess({ parameters, env: { ATELIER_DEBUG: '1', ...env } });
    const exit = once(server.child, 'close');
    server.child.stdin.end();
    const late = setTimeout(() => server.child.kill('SIGTERM'), 3000);
    await exit;
    clearTimeout(late);
    expect(server.written('stderr')).not.toMatch(anySecret);
    expect(server.written('stderr')).not.toBe('');
    expect(server.written('stdout')).toBe('');
    await server.end();
  });
});

/** All that lies in the data folder, but pictures. */
async function kept(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  return (await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1')))).join(
    '\n',
  );
}

it('what a library says with console.log does not get among the messages', async () => {
  const noise =
    "setInterval(() => { console.log('{}'); console.info('noise'); console.dir({ noise: 1 }); console.table([1]); }, 20).unref()";
  const host = await stdioHost({ node: [`--import=data:text/javascript,${encodeURIComponent(noise)}`] });
  try {
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await host.request('ping')).error).toBeUndefined();
    const fromTheStart = host.lines.filter((line) => !line.startsWith('{"'));
    expect(fromTheStart).toEqual([]);
    expect(host.strayLines()).toEqual([]);
    expect(host.written('stderr')).toContain('noise');
  } finally {
    await host.end();
  }
});
