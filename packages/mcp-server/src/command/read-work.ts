import type { TritonClientOptions } from '@atelier/sdk/triton';
import type { Given } from './given.ts';
import { printable } from './printable.ts';
import { readUrl } from './read-values.ts';
import { UsageError } from './usage-error.ts';

/** The server that pictures go to. */
export interface PictureServer {
  /** As the person named it. */
  readonly addresses: readonly string[];
  readonly options: TritonClientOptions;
}

/** Where the work is done. */
export type WorkChoice =
  /** In this process. */
  | {
      readonly kind: 'studio';
      /** In order of preference. */
      readonly backends: readonly string[];
      readonly server: PictureServer | undefined;
      /** `planner`, `openai:MODEL`, ... */
      readonly brain: string;
    }
  | { readonly kind: 'api'; readonly url: string; readonly key: string | undefined };

const example = 'http://gpu-box:8000';

/** Who looks, paints and plans. Only what names a server sends pictures to one: an address or a key that happens to lie in the environment never does. */
export function readWork(given: Given): WorkChoice {
  const api = given.one('api');
  if (api === undefined) return readStudio(given);
  const stray = (['backend', 'url', 'grpc-url', 'brain'] as const).find((name) => given.isWritten(name));
  if (stray !== undefined) {
    throw new UsageError(
      `--${stray} does not go with ${api.from}`,
      'whoever serves the agent API says who looks and plans',
    );
  }
  const url = readUrl(api, '--api http://localhost:3000');
  return { kind: 'api', url, key: visible(given.variable('ATELIER_API_KEY'), 'ATELIER_API_KEY') };
}

function readStudio(given: Given): WorkChoice {
  const backend = given.one('backend');
  const brain = given.one('brain')?.value.trim() ?? 'planner';
  const wanted = backend?.value.trim() ?? 'local';
  if (wanted === 'local') {
    const stray = (['url', 'grpc-url'] as const).find((name) => given.isWritten(name));
    if (stray === undefined) return { kind: 'studio', backends: ['local'], server: undefined, brain };
    throw new UsageError(
      `--${stray} is for a Triton server, and the backend is local`,
      'add --backend triton to send pictures to that server',
    );
  }
  const isAddress = /^https?:/i.test(wanted);
  if (wanted !== 'triton' && !isAddress) {
    throw new UsageError(
      `there is no backend "${printable(wanted)}"`,
      `the backends are local and triton, or the address of a Triton server: ${example}`,
    );
  }
  if (isAddress && given.isWritten('url')) {
    throw new UsageError('two addresses of a Triton server were given', 'leave --url out, or write --backend triton');
  }
  const named = isAddress ? { value: wanted, from: backend?.from ?? '--backend' } : undefined;
  return { kind: 'studio', backends: ['triton', 'local'], server: readServer(given, named), brain };
}

function readServer(given: Given, named: { readonly value: string; readonly from: string } | undefined): PictureServer {
  const grpc = given.one('grpc-url');
  // An address on the command line counts more than the other one in the environment.
  const http = named ?? (given.isWritten('grpc-url') && !given.isWritten('url') ? undefined : given.one('url'));
  const url = http && readUrl(http, `${http.from} ${example}`);
  const grpcUrl = grpc && readUrl(grpc, `${grpc.from} http://gpu-box:8001`);
  const token = visible(given.variable('ATELIER_TRITON_TOKEN'), 'ATELIER_TRITON_TOKEN');
  const common = token === undefined ? {} : { token };
  if (url !== undefined) {
    const addresses = grpcUrl === undefined ? [url] : [url, grpcUrl];
    return { addresses, options: { url, ...(grpcUrl === undefined ? {} : { grpcUrl }), ...common } };
  }
  if (grpcUrl !== undefined) {
    return { addresses: [grpcUrl], options: { url: grpcUrl, grpcUrl, transport: 'grpc', ...common } };
  }
  throw new UsageError('--backend triton needs the address of a server', `add --url ${example}`);
}

/** What a header can hold; never repeated. */
function visible(secret: string | undefined, variable: string): string | undefined {
  if (secret === undefined || /^[\x20-\x7e]+$/.test(secret)) return secret;
  throw new UsageError(`${variable} holds a line break or another character that is not visible ASCII`);
}
