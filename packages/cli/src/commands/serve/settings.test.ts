import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { expect, it } from 'vitest';
import { Arguments } from '../../options.ts';
import { UsageError } from '../../usage-error.ts';
import { ourVariables } from '../triton/up/unknown-variables.ts';
import { createKeyLine } from './create-key-line.ts';
import { reachOf } from './reach.ts';
import { readEnvFile } from './read-env-file.ts';
import { readServeChoice } from './serve-choice.ts';
import { jobVariables, limitVariables, serveVariables } from './settings.ts';

const exampleFile = new URL('../../../../../.env.example', import.meta.url);
const none = new Arguments([], new Map());
const all = [...serveVariables, ...Object.keys(limitVariables), ...Object.keys(jobVariables)];

/** Names and values of the example, whether or not they are switched on. */
async function example(): Promise<Record<string, string | undefined>> {
  return { ...parseEnv((await readFile(exampleFile, 'utf8')).replace(/^#(?=[A-Z0-9_]+=)/gm, '')) };
}

it('.env.example names every setting, and nothing that is none', async () => {
  const names = Object.keys(await example());
  for (const name of all) expect(names).toContain(name);
  const known: readonly string[] = ourVariables;
  const read = names.filter((name) => !known.includes(name));
  expect(read.sort()).toEqual([
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'DATABASE_URL',
    'GOOGLE_GENERATIVE_AI_API_KEY',
    'OPENAI_API_KEY',
  ]);
});

it('.env.example can be used as it is, switched on as a whole', async () => {
  expect(parseEnv(await readFile(exampleFile, 'utf8'))).toEqual({});
  expect(readServeChoice(none, await example())).toMatchObject({
    host: '127.0.0.1',
    port: 3000,
    worker: true,
    shutdownSeconds: 10,
  });
});

it('options count more than the environment, and that more than the file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'atelier-env-'));
  const before = process.cwd();
  process.chdir(folder);
  try {
    await writeFile('.env', 'ATELIER_PORT=1\nATELIER_HOST=127.0.0.2 # here\nATELIER_PUBLIC_URL="https://a.example"\n');
    const env = await readEnvFile({ ATELIER_PORT: '2', ATELIER_HOST: '127.0.0.3' });
    const args = new Arguments([], new Map([['port', ['4']]]));
    expect(readServeChoice(args, env)).toMatchObject({
      port: 4,
      host: '127.0.0.3',
      app: { publicUrl: 'https://a.example' },
    });
    expect(readServeChoice(none, await readEnvFile({}))).toMatchObject({ port: 1, host: '127.0.0.2' });
    expect(process.env.ATELIER_PORT).toBeUndefined();
  } finally {
    process.chdir(before);
    await rm(folder, { recursive: true });
  }
});

it.each<[string, Record<string, string>, RegExp]>([
  ['a host that is a name', { ATELIER_HOST: 'example.org' }, /IP address/],
  ['a port that is none', { ATELIER_PORT: '99999' }, /0 to 65535/],
  ['a number that is none', { ATELIER_JOBS_AT_ONCE: 'many' }, /ATELIER_JOBS_AT_ONCE must be a whole number/],
  ['a switch that is none', { ATELIER_WORKER: 'perhaps' }, /on or off/],
  ['half of what tokens need', { ATELIER_JWKS_URL: 'https://id.example' }, /all three/],
  ['an endpoint without a bucket', { ATELIER_S3_ENDPOINT: 'http://minio' }, /ATELIER_S3_BUCKET/],
  ['an unknown level', { ATELIER_LOG_LEVEL: 'loud' }, /ATELIER_LOG_LEVEL/],
  ['a public address that is none', { ATELIER_PUBLIC_URL: 'example.org' }, /http or https/],
  ['a database that is none', { DATABASE_URL: 'mysql://user:s3cret@host/name' }, /^DATABASE_URL is no address/],
  ['a secret that is too short', { ATELIER_SECRET: 's3cret' }, /ATELIER_SECRET is shorter than 32/],
  ['an origin without a scheme', { ATELIER_ALLOWED_ORIGINS: 'studio.example.org' }, /"studio\.example\.org" is none/],
  ['an origin with a path', { ATELIER_ALLOWED_ORIGINS: '*,https://a.example/b' }, /"https:\/\/a\.example\/b" is none/],
  ['an origin that pages do not have', { ATELIER_ALLOWED_ORIGINS: 'null' }, /is none/],
  ['a host that is a URL', { ATELIER_ALLOWED_HOSTS: 'a.example,https://a.b/c' }, /"https:\/\/a\.b\/c" is none/],
  ['a pattern of hosts, which nothing reads', { ATELIER_ALLOWED_HOSTS: '*.example.org' }, /is none/],
  ['an IPv6 address without brackets', { ATELIER_ALLOWED_HOSTS: '::1' }, /is none/],
  ['a URL as server of pictures', { ATELIER_IMAGE_HOSTS: 'https://images.example.org/' }, /is none/],
  ['a port as part of one', { ATELIER_IMAGE_HOSTS: 'images.example.org:8080' }, /is none/],
  ['a star in the middle of one', { ATELIER_IMAGE_HOSTS: 'images.*.org' }, /is none/],
])('refuses %s', (_what, env, expected) => {
  expect(() => readServeChoice(none, env)).toThrow(expected);
  expect(() => readServeChoice(none, env)).toThrow(UsageError);
  try {
    readServeChoice(none, env);
  } catch (error) {
    expect(String(error)).not.toContain('s3cret');
  }
});

it('takes lists of names as they are meant', () => {
  const env = {
    ATELIER_ALLOWED_ORIGINS: 'https://studio.example.org, http://localhost:5173,,*',
    ATELIER_ALLOWED_HOSTS: 'Atelier.internal,10.0.0.5,a.example:8080,[fe80::1]:3000,*',
    ATELIER_IMAGE_HOSTS: 'images.example.org,*.example.com,*',
    ATELIER_SECRET: 'x'.repeat(32),
  };
  expect(readServeChoice(none, env)).toMatchObject({
    imageHosts: ['images.example.org', '*.example.com', '*'],
    app: {
      allowedOrigins: ['https://studio.example.org', 'http://localhost:5173', '*'],
      allowedHosts: ['Atelier.internal', '10.0.0.5', 'a.example:8080', '[fe80::1]:3000', '*'],
      secret: 'x'.repeat(32),
    },
  });
});

it.each<[Record<string, string>, string | undefined]>([
  [{}, undefined],
  [
    { ATELIER_PUBLIC_URL: 'http://localhost:8080', ATELIER_ALLOWED_HOSTS: '127.0.0.1:3000,[::1],a.localhost' },
    undefined,
  ],
  [{ ATELIER_HOST: '0.0.0.0' }, '0.0.0.0'],
  [{ ATELIER_PUBLIC_URL: 'https://api.example.org/atelier' }, 'api.example.org'],
  [{ ATELIER_ALLOWED_HOSTS: 'localhost,api.example.org:8080' }, 'api.example.org:8080'],
  [{ ATELIER_ALLOWED_HOSTS: '*' }, '*'],
  [{ ATELIER_PUBLIC_URL: 'http://127.0.0.1.example.org' }, '127.0.0.1.example.org'],
])('with %j others come as %s', (env, name) => {
  expect(reachOf(readServeChoice(none, env))?.name).toBe(name);
});

it('the line that makes a key names the store, from anywhere and without a password', () => {
  const line = (env: Record<string, string>) => createKeyLine(readServeChoice(none, env).store);
  expect(line({})).toBe(`atelier keys create --tenant NAME --data ${join(process.cwd(), '.atelier')}`);
  expect(line({ ATELIER_DIR: '/data/my pictures' })).toMatch(/ --data ['"]\/data\/my pictures['"]$/);
  expect(line({ DATABASE_URL: 'postgres://me:s3cret@host:5432/name?password=s3cret&sslmode=require' })).toMatch(
    / --database ['"]postgres:\/\/me:PASSWORD@host:5432\/name\?password=PASSWORD&sslmode=require['"]$/,
  );
});
