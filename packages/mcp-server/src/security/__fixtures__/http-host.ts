import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { createInterface } from 'node:readline';
import { type Answer, readAnswer } from './answer.ts';
import { type ServerProcess, type StartOptions, startProcess } from './server-process.ts';

export interface RawRequest {
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | Uint8Array | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface RawResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface HttpHost extends ServerProcess {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly port: number;
  raw(path: string, request?: RawRequest): Promise<RawResponse>;
  /** By a host of 2026 that can ask its person, as the tenant whose key it is. */
  request(method: string, params?: object, options?: RpcOptions): Promise<Answer>;
  call(tool: string, input: object, options?: RpcOptions): Promise<Answer>;
}

export interface RpcOptions {
  readonly key?: string | undefined;
  /** Of the request's params, beside the tool's name and input. */
  readonly more?: object | undefined;
  readonly signal?: AbortSignal | undefined;
}

const envelope = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'attacker', version: '1.0.0' },
  'io.modelcontextprotocol/clientCapabilities': { elicitation: {} },
};

/** Starts the server on a free port of loopback. */
export async function httpHost({ parameters = [], ...options }: StartOptions = {}): Promise<HttpHost> {
  const server = await startProcess({ ...options, parameters: ['--http', '--port', '0', ...parameters] });
  const endpoint = new URL(await listening(server));
  const baseUrl = endpoint.origin;
  const raw = (path: string, request: RawRequest = {}) => send(new URL(baseUrl), path, request);
  const host: HttpHost = {
    ...server,
    baseUrl,
    port: Number(endpoint.port),
    raw,
    async request(method, params = {}, { key, signal } = {}) {
      const named: Record<string, unknown> = { ...params };
      const name = named.name ?? named.uri;
      const headers = {
        ...jsonHeaders,
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': method,
        ...(typeof name === 'string' ? { 'mcp-name': name } : {}),
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      };
      const body = JSON.stringify({ jsonrpc: '2.0', id: 'ours', method, params: { ...params, _meta: envelope } });
      const response = await raw('/mcp', { headers, body, signal });
      return [401, 403].includes(response.status) ? notLetIn(response) : readRpc(response);
    },
    call: (name, input, { more, ...rest } = {}) =>
      host.request('tools/call', { name, arguments: input, ...more }, rest),
  };
  return host;
}

export const jsonHeaders = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

/** What asks for other credentials, which OAuth has its own form for. */
const notLetIn = ({ status, text }: RawResponse): Answer => ({
  ...{ id: undefined, whole: text, result: {}, error: undefined, output: {}, text: '' },
  refusal: `http ${status}`,
});

/** The answer in a response, which may come after notifications. */
export function readRpc({ text, headers, status }: RawResponse): Answer {
  const isStream = headers['content-type']?.startsWith('text/event-stream') ?? false;
  const messages = isStream ? [...text.matchAll(/^data: (.+)$/gm)].map(([, data = '']) => data) : [text];
  const last = messages.at(-1);
  if (last === undefined || last === '') throw new Error(`Nothing was answered (${status}).`);
  return readAnswer(JSON.parse(last));
}

const listening = (server: ServerProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    createInterface({ input: server.child.stderr }).on('line', (line) => {
      const [, url] = /listening at (\S+);/.exec(line) ?? [];
      if (url !== undefined) resolve(url);
    });
    server.child.once('exit', () => reject(new Error(`The server ended:\n${server.written('stderr')}`)));
  });

/** With any headers, `Host` among them, which `fetch` sets itself. */
function send(
  { hostname, port }: URL,
  path: string,
  { method, headers = {}, body, signal }: RawRequest,
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const options = {
      ...{ hostname, port, path, headers, agent: false as const },
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      ...(signal ? { signal } : {}),
    };
    const request = httpRequest(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}
