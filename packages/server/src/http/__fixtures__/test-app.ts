import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { atelier, type Backend, fileAssetStore } from '@atelier/sdk';
import { encodeImage } from '@atelier/sdk/image';
import { pino } from 'pino';
import { slowBackend } from '../../__fixtures__/five-steps/backend.ts';
import { fiveStepBrain } from '../../__fixtures__/five-steps/brain.ts';
import { numberedPicture } from '../../__fixtures__/five-steps/picture.ts';
import { freshDatabase } from '../../__fixtures__/fresh-database.ts';
import { createAgentApp } from '../../agent-app.ts';
import { createApiKey } from '../../auth/api-keys.ts';
import type { AgentOptions } from '../../options.ts';
import { acceptedSchema } from '../jobs-route-definitions.ts';
import { errorSchema } from '../schemas.ts';

export const origin = 'http://localhost:3000';

export interface Call extends RequestInit {
  /** Whose key is sent; null: none. Default `alice`. */
  readonly as?: 'alice' | 'bob' | null;
  readonly json?: unknown;
  /** The caller's IP address. */
  readonly address?: string;
}

/** Paints every picture in one colour: where somebody can paint, a job need not come with a picture. */
const painter: Backend = {
  name: 'painter',
  capabilities: {
    generate: {
      model: 'one-colour',
      able: () => true,
      run: async ({ width, height }) => ({ width, height, data: new Uint8Array(width * height * 4).fill(200) }),
    },
  },
};

/** The whole app on a database of its own, with two tenants who have keys. It works on jobs where `jobs.worker` says so. */
export async function testApp(
  server: string,
  options: Partial<AgentOptions> = {},
  { paints = true }: { readonly paints?: boolean } = {},
) {
  const fresh = await freshDatabase(server);
  const folder = await mkdtemp(join(tmpdir(), 'atelier-http-'));
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const backends = [slowBackend({ time: 5 }), ...(paints ? [painter] : [])];
  const app = createAgentApp(atelier({ backends, brain: fiveStepBrain() }), {
    databaseUrl: fresh.url,
    assets: fileAssetStore(join(folder, 'assets')),
    logger: pino({ level: 'debug' }, sink),
    ...options,
    jobs: { worker: false, ...options.jobs },
  });
  const keys = {
    alice: (await createApiKey(fresh.database, { tenant: 'alice', name: 'test' })).key,
    bob: (await createApiKey(fresh.database, { tenant: 'bob', name: 'test' })).key,
  };
  const call = (path: string, { as = 'alice', json, address, ...init }: Call = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (as !== null && !headers.has('authorization')) headers.set('authorization', `Bearer ${keys[as]}`);
    if (json !== undefined) headers.set('content-type', 'application/json');
    const body = json === undefined ? init.body : JSON.stringify(json);
    const url = path.startsWith('http') ? path : origin + path;
    const method = json === undefined ? {} : { method: 'POST' };
    return app.fetch(new Request(url, { ...method, ...init, headers, ...(body == null ? {} : { body }) }), { address });
  };
  return {
    ...fresh,
    app,
    call,
    keys,
    /** Everything that was logged so far. */
    log: () => lines.join(''),
    /** PNG bytes of a picture, another one for each number. */
    picture: async (number = 0) => (await encodeImage(await numberedPicture(number), { format: 'png' })).bytes,
    invoke: async (json: object, as: 'alice' | 'bob' = 'alice'): Promise<string> => {
      const response = await call('/agent/invoke', { json, as });
      return acceptedSchema.parse(await response.json()).job_id;
    },
    async end(): Promise<void> {
      await app.close({ graceSeconds: 0 });
      await fresh.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type TestApp = Awaited<ReturnType<typeof testApp>>;

/** `error` of an answer, with its status: what most refusals are about. */
export async function problem(response: Response) {
  const { error } = errorSchema.parse(await response.json());
  return { status: response.status, ...error };
}
