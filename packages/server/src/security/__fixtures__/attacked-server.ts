import { connect } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { testApp } from '../../http/__fixtures__/test-app.ts';
import { errorSchema } from '../../http/schemas.ts';
import { serve } from '../../node/serve.ts';
import type { AgentOptions } from '../../options.ts';

export interface Attack extends RequestInit {
  /** Whose key is sent; null: none. Default `alice`. */
  readonly as?: 'alice' | 'bob' | null;
  readonly json?: unknown;
}

/** The whole app on a socket of loopback, with a database of its own and keys for two tenants who know nothing of each other. */
export async function attackedServer(postgres: string, options: Partial<AgentOptions> = {}) {
  const limits = { requestsPerMinute: 1_000_000, ...options.limits };
  const test = await testApp(postgres, { ...options, limits });
  const server = await serve(test.app, { port: 0 });
  const ask = (path: string, { as = 'alice', json, ...init }: Attack = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (as !== null && !headers.has('authorization')) headers.set('authorization', `Bearer ${test.keys[as]}`);
    if (json !== undefined) headers.set('content-type', 'application/json');
    const sent = json === undefined ? {} : { method: 'POST', body: JSON.stringify(json) };
    return fetch(server.url + path, { redirect: 'manual', ...sent, ...init, headers });
  };
  return {
    ...test,
    url: server.url,
    port: server.port,
    webSocketUrl: server.url.replace('http:', 'ws:'),
    /** As `fetch` sends it, which mends paths and headers. */
    ask,
    /** Byte for byte. */
    raw: (text: string | Uint8Array, within?: number) => rawAnswer(server.port, text, within),
    /** Fails unless the process still serves. */
    async serves(): Promise<void> {
      const response = await fetch(`${server.url}/readyz`);
      if (response.status >= 500 && response.status !== 503) throw new Error(`/readyz answers ${response.status}`);
      await response.body?.cancel();
    },
    async end(): Promise<void> {
      await server.close({ graceSeconds: 0 });
      await test.end();
    },
  };
}

export type AttackedServer = Awaited<ReturnType<typeof attackedServer>>;

/** What no answer has: lines of a stack, and places on this machine. */
export const tellsOfInside = (text: string): boolean =>
  /node_modules|\.[cm]?[jt]s:\d|\n\s+at |postgres(ql)?:\/\//.test(text) ||
  [process.cwd(), tmpdir(), homedir()].some((folder) => text.includes(`${folder}/`));

/** Status and `error` of an answer that must be a refusal in the form of all refusals, and tell nothing of what is inside. */
export async function refusal(response: Response | Promise<Response>) {
  const answer = await response;
  const text = await answer.text();
  if (tellsOfInside(text)) throw new Error(`The answer tells of this machine: ${text}`);
  const { error } = errorSchema.parse(JSON.parse(text));
  return { status: answer.status, ...error };
}

/** What is answered to bytes, until the connection ends; rejects where it does not end in time. */
async function rawAnswer(port: number, text: string | Uint8Array, within = 20_000): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  // A connection that is cut while bytes are on their way ends with an error, which is an end as well.
  socket.on('error', () => {});
  const late = setTimeout(() => socket.destroy(new Error('late')), within);
  socket.write(text);
  const wasCut = await new Promise<boolean>((resolve) => socket.once('close', resolve));
  clearTimeout(late);
  const answer = Buffer.concat(chunks).toString();
  const [head = '', ...body] = answer.split('\r\n\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0);
  return { status, head, body: body.join('\r\n\r\n'), wasCut };
}

export interface RawAnswer {
  /** 0: no answer at all. */
  readonly status: number;
  readonly head: string;
  readonly body: string;
  readonly wasCut: boolean;
}
