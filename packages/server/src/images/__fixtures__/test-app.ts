import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atelier, type Backend, fileAssetStore } from '@atelier/sdk';
import { freshDatabase } from '../../__fixtures__/fresh-database.ts';
import { type AgentApp, createAgentApp } from '../../agent-app.ts';
import { createApiKey } from '../../auth/api-keys.ts';
import type { AgentOptions } from '../../options.ts';
import type { Services } from '../../services.ts';

export const photo = (name: string): Promise<Buffer<ArrayBuffer>> =>
  readFile(new URL(`../../../../../photos/${name}`, import.meta.url));

export interface TestApp {
  readonly app: AgentApp;
  readonly services: Services;
  /** Folder of the store's files. */
  readonly files: string;
  /** Asks as a tenant: a path of the app, or a whole URL. Tenant `null`: without a key. */
  ask(path: string, init?: RequestInit & { readonly tenant?: 'one' | 'two' | null }): Promise<Response>;
  /** POST with JSON. */
  post(path: string, body: unknown, init?: RequestInit & { readonly tenant?: 'one' | 'two' | null }): Promise<Response>;
  close(): Promise<void>;
}

/** The whole app on a database and a folder of its own, with keys for two tenants. No worker: no job ever begins. */
export async function openTestApp(
  postgres: string,
  backends: readonly Backend[],
  options: Partial<AgentOptions> = {},
): Promise<TestApp> {
  const fresh = await freshDatabase(postgres);
  const files = await mkdtemp(join(tmpdir(), 'atelier-images-'));
  const studio = atelier({ backends });
  const limits = { requestsPerMinute: 1_000_000, ...options.limits };
  const app = createAgentApp(studio, {
    databaseUrl: fresh.url,
    assets: fileAssetStore(files),
    ...options,
    limits,
    jobs: { worker: false },
  });
  const services = await app.services();
  const keys = {
    one: (await createApiKey(fresh.database, { tenant: 'one', name: 'test' })).key,
    two: (await createApiKey(fresh.database, { tenant: 'two', name: 'test' })).key,
  };
  const ask: TestApp['ask'] = async (path, { tenant = 'one', ...init } = {}) => {
    const request = new Request(new URL(path, 'http://localhost'), init);
    if (tenant) request.headers.set('authorization', `Bearer ${keys[tenant]}`);
    return app.fetch(request);
  };
  return {
    app,
    services,
    files,
    ask,
    post: (path, body, init = {}) =>
      ask(path, {
        ...init,
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    async close() {
      await app.close();
      await studio.close();
      await fresh.drop();
      await rm(files, { recursive: true, force: true });
    },
  };
}

/** Form with the picture as a file. */
export function formWith(bytes: Uint8Array<ArrayBuffer>, fields: Readonly<Record<string, string>> = {}): FormData {
  const form = new FormData();
  form.set('image', new File([bytes], 'photo.png', { type: 'image/png' }));
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

/** What a test reads of an answer's JSON; what is not there fails its expectations. */
export const jsonOf = async <Value = StoredAnswer>(response: Response): Promise<Value> =>
  // The test says what it expects, and checks it.
  (await response.json()) as Value;

interface StoredAnswer {
  readonly id: string;
  readonly url: string;
}

interface ProblemAnswer {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly hint?: string;
    readonly details?: object;
  };
}

/** Status and code of an answer that is no success. */
export async function problemOf(response: Response): Promise<{ status: number; code: string }> {
  const { error } = await jsonOf<ProblemAnswer>(response);
  return { status: response.status, code: error.code };
}

/** The words of an answer that is no success, with ids left out. */
export async function wordsOf(response: Response): Promise<readonly unknown[]> {
  const { error } = await jsonOf<ProblemAnswer>(response);
  return [response.status, error.code, error.message.replace(/(img|mask|session)_\w+/, 'ID'), error.hint];
}
