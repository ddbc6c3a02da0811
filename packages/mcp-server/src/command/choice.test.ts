import { describe, expect, it } from 'vitest';
import { type Choice, readChoice, type ServeChoice } from './choice.ts';
import type { Environment } from './given.ts';
import type { Place } from './places.ts';

const place: Place = { cwd: '/work', home: '/home/lee', platform: 'linux' };
const read = (line: string, env: Environment = {}): Choice => readChoice(line.split(' ').filter(Boolean), env, place);
const serve = (line: string, env: Environment = {}): ServeChoice => {
  const choice = read(line, env);
  if (choice.kind !== 'serve') throw new Error(choice.kind);
  return choice;
};

describe('readChoice', () => {
  it('asks for nothing by default: no folder, no address, this machine alone', () => {
    expect(serve('')).toEqual({
      kind: 'serve',
      roots: [],
      output: undefined,
      urlHosts: [],
      images: 'on',
      approve: 'never',
      language: 'en',
      session: undefined,
      data: '/home/lee/.local/share/atelier',
      work: { kind: 'studio', backends: ['local'], server: undefined, brain: 'planner' },
      http: undefined,
      env: {},
    });
  });

  it('takes folders absolute, relative, below home, bare and twice', () => {
    const { roots, output } = serve('--root /a --root b --root ~/c ~ /a --output ../out');
    expect(roots).toEqual(['/a', '/work/b', '/home/lee/c', '/home/lee']);
    expect(output).toBe('/out');
  });

  it('reads every option from the environment, and the command line counts more', () => {
    const env = {
      ATELIER_MCP_ROOTS: '/a:~/b, with comma',
      ATELIER_MCP_OUTPUT: '/out',
      ATELIER_MCP_URL_HOSTS: 'images.example.org, *.example.com',
      ATELIER_IMAGES: 'false',
      ATELIER_MCP_APPROVE: 'edits',
      ATELIER_MCP_LANG: 'ko',
      ATELIER_MCP_SESSION: 'tea',
      ATELIER_DIR: 'here',
      ATELIER_MCP_BACKEND: 'triton',
      ATELIER_TRITON_URL: 'http://gpu-box:8000/',
      ATELIER_TRITON_TOKEN: 'secret',
      ATELIER_BRAIN: 'openai:some-model',
    };
    expect(serve('', env)).toMatchObject({
      roots: ['/a', '/home/lee/b, with comma'],
      output: '/out',
      urlHosts: ['images.example.org', '*.example.com'],
      images: 'off',
      approve: 'edits',
      language: 'ko',
      session: 'tea',
      data: '/work/here',
      work: {
        backends: ['triton', 'local'],
        server: { addresses: ['http://gpu-box:8000'], options: { url: 'http://gpu-box:8000', token: 'secret' } },
        brain: 'openai:some-model',
      },
    });
    const written = serve('--root /c --images on --approve never --lang en --session milk --brain planner', env);
    expect(written).toMatchObject({ roots: ['/c'], images: 'on', approve: 'never', language: 'en', session: 'milk' });
    expect(written.work).toMatchObject({ brain: 'planner' });
  });

  it('sends pictures nowhere for an address or a key that happens to be set', () => {
    const env = { ATELIER_TRITON_URL: 'http://gpu-box:8000', OPENAI_API_KEY: 'k', ATELIER_API_KEY: 'k' };
    expect(serve('', env).work).toEqual({ kind: 'studio', backends: ['local'], server: undefined, brain: 'planner' });
  });

  it('takes the address of a Triton server as the backend, as the bundle does', () => {
    expect(serve('', { ATELIER_MCP_BACKEND: 'http://gpu-box:8000' }).work).toMatchObject({
      backends: ['triton', 'local'],
      server: { addresses: ['http://gpu-box:8000'] },
    });
    const grpc = serve('--backend triton --grpc-url http://gpu-box:8001', { ATELIER_TRITON_URL: 'http://other:8000' });
    expect(grpc.work).toMatchObject({ server: { options: { transport: 'grpc', url: 'http://gpu-box:8001' } } });
  });

  it('takes settings that a bundle left blank for what they are', () => {
    const blank = {
      ATELIER_MCP_OUTPUT: `\${user_config.output}`,
      ATELIER_MCP_BACKEND: '',
      ATELIER_BRAIN: ' ',
      ATELIER_IMAGES: 'true',
    };
    expect(readChoice([`\${user_config.folders}`], blank, place)).toEqual(serve(''.trim(), { ATELIER_IMAGES: 'true' }));
  });

  it.each([
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/atelier'],
    ['linux', { XDG_DATA_HOME: 'relative' }, '/home/lee/.local/share/atelier'],
    ['darwin', {}, '/home/lee/Library/Application Support/atelier'],
    ['win32', { LOCALAPPDATA: 'C:\\Users\\lee\\Local' }, 'C:\\Users\\lee\\Local\\atelier'],
  ] as const)('keeps data where %s has it, with %j', (platform, env, data) => {
    expect(readChoice([], env, { ...place, platform })).toMatchObject({ data });
  });

  it('splits lists of folders as the system does', () => {
    const windows: Place = { cwd: 'C:\\', home: 'C:\\Users\\lee', platform: 'win32' };
    expect(readChoice([], { ATELIER_MCP_ROOTS: 'C:\\a;~\\b' }, windows)).toMatchObject({
      roots: ['C:\\a', 'C:\\Users\\lee\\b'],
    });
  });

  it('works behind an agent API', () => {
    const { work } = serve('--api http://localhost:3000/', { ATELIER_API_KEY: 'key', ATELIER_BRAIN: 'openai:x' });
    expect(work).toEqual({ kind: 'api', url: 'http://localhost:3000', key: 'key' });
    expect(() => serve('--api http://localhost:3000 --brain openai:x')).toThrow(/--brain does not go with --api/);
  });

  it('shows help and the version, whatever else is there', () => {
    expect(read('--help --root /nowhere')).toEqual({ kind: 'help' });
    expect(read('-V')).toEqual({ kind: 'version' });
  });
});

describe('readChoice refuses', () => {
  it.each([
    ['--rot /a', {}, /no option --rot/, 'did you mean --root?'],
    ['--htpp', {}, /no option --htpp/, 'did you mean --http?'],
    ['--colour', {}, /no option --colour/, 'see --help for the options'],
    ['--root', {}, /--root needs a value/, undefined],
    ['--root --http', {}, /"--http" looks like an option/, undefined],
    ['--output /a --output /b', {}, /given twice/, undefined],
    ['--http=yes', {}, /takes no value/, 'write --http alone'],
    ['--images sometimes', {}, /on or off/, undefined],
    ['', { ATELIER_IMAGES: 'sometimes' }, /ATELIER_IMAGES must be on or off/, undefined],
    ['--approve always', {}, /--approve must be never or edits/, undefined],
    ['--lang fr', {}, /--lang must be en or ko/, undefined],
    ['--session ../x', {}, /cannot be "\.\.\/x"/, undefined],
    ['--backend gpu', {}, /no backend "gpu"/, undefined],
    ['--backend triton', {}, /needs the address/, 'add --url http://gpu-box:8000'],
    ['--url http://gpu-box:8000', {}, /the backend is local/, undefined],
    ['--backend http://a:1 --url http://b:2', {}, /two addresses/, undefined],
    ['--backend triton --url http://me:secret@gpu-box', {}, /^(?!.*secret).*name or password/, undefined],
    ['--backend triton --url ftp://gpu-box', {}, /http or https address/, undefined],
    ['--url-host http://images.example.org', {}, /host name, without scheme/, undefined],
    ['--url-host images.example.org:80', {}, /without scheme, port or path/, undefined],
    ['--port 80', {}, /--port is for --http/, undefined],
    ['--http --port 70000', {}, /0 to 65535/, undefined],
    ['--http --host example.org', {}, /IP address/, undefined],
    ['--http --session tea', {}, /does not go with --http/, undefined],
    ['--http --allowed-origin studio.example.org', {}, /scheme and a host/, undefined],
    ['--http', { ATELIER_MCP_JWT_ISSUER: 'https://id.example.org' }, /tokens need both/, undefined],
    ['--http', { ATELIER_MCP_AUTH: 'api' }, /needs an agent API/, undefined],
    ['--http', { ATELIER_MCP_AUTH: 'basic' }, /must be api/, undefined],
    ['--http', { ATELIER_MCP_SECRET: 'short' }, /^(?!.*short).*32 characters/, undefined],
  ] as [string, Environment, RegExp, string | undefined][])('%s with %j', (line, env, message, hint) => {
    expect(() => serve(line, env)).toThrow(message);
    if (hint !== undefined) expect(() => serve(line, env)).toThrow(expect.objectContaining({ hint }));
  });
});

describe('readChoice over HTTP', () => {
  it('listens on this machine alone, open to it, by default', () => {
    expect(serve('--http').http).toEqual({
      host: '127.0.0.1',
      port: 3333,
      publicUrl: undefined,
      allowedHosts: [],
      allowedOrigins: [],
      auth: { kind: 'open' },
      legacySessions: false,
      open: false,
      secret: undefined,
    });
  });

  it('lets others in with keys, tokens, keys of the agent API, or where that was said', () => {
    const outside = '--http --host 0.0.0.0 --public-url https://atelier.example.org';
    const keys = 'lee=0123456789abcdef';
    expect(serve(outside, { ATELIER_MCP_KEYS: keys }).http?.auth).toEqual({ kind: 'guarded', keys, jwt: undefined });
    const tokens = {
      ATELIER_MCP_JWT_ISSUER: 'https://id.example.org/',
      ATELIER_MCP_JWT_JWKS_URL: 'https://id.example.org/k',
    };
    expect(serve(outside, tokens).http?.auth).toMatchObject({
      jwt: { issuer: 'https://id.example.org/', jwksUrl: 'https://id.example.org/k' },
    });
    expect(serve(`${outside} --api http://api:3000`, { ATELIER_MCP_AUTH: 'api' }).http?.auth).toEqual({ kind: 'api' });
    expect(serve(`${outside} --open`).http).toMatchObject({ auth: { kind: 'open' }, open: true });
  });

  it('does not make one tenant of several callers behind an agent API', () => {
    const api = '--http --api http://api:3000';
    const [two, one] = ['lee=0123456789abcdef,ann=fedcba9876543210', 'lee=0123456789abcdef,lee:look=fedcba9876543210'];
    expect(() => serve(api, { ATELIER_MCP_KEYS: two })).toThrow(/share one tenant/);
    expect(serve(api, { ATELIER_MCP_KEYS: one }).http?.auth).toMatchObject({ kind: 'guarded' });
  });

  it('reads its switches and lists from the environment', () => {
    const env = {
      ATELIER_MCP_HTTP: 'on',
      ATELIER_MCP_PORT: '0',
      ATELIER_MCP_ALLOWED_HOSTS: 'a.example.org,b.example.org:8443',
      ATELIER_MCP_ALLOWED_ORIGINS: 'https://studio.example.org/',
      ATELIER_MCP_OPEN: 'yes',
    };
    expect(serve('', env).http).toMatchObject({
      port: 0,
      allowedHosts: ['a.example.org', 'b.example.org:8443'],
      allowedOrigins: ['https://studio.example.org'],
      auth: { kind: 'open' },
      open: true,
    });
    expect(serve('', { ATELIER_MCP_HTTP: 'off' }).http).toBeUndefined();
  });
});
