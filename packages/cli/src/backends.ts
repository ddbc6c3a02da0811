import type { TritonClientOptions } from '@atelier/sdk/triton';
import { readTimeout, readToken, readUrl } from './commands/triton/server-options.ts';
import type { Arguments, OptionSpec } from './options.ts';
import { printable } from './terminal/printable.ts';
import { UsageError } from './usage-error.ts';

/** Options of every command that looks at pictures or changes them. */
export const backendOptions: readonly OptionSpec[] = [
  {
    name: 'backend',
    value: 'local|triton',
    help: 'Who does it: local, on this machine (default), or triton, your server, and local what that cannot',
  },
  { name: 'url', value: 'URL', help: 'The Triton server: http://gpu-box:8000 (or ATELIER_TRITON_URL)' },
  {
    name: 'grpc-url',
    value: 'URL',
    help: 'Its gRPC address (default: the same host, the next port); without --url everything goes there',
  },
  {
    name: 'token-env',
    value: 'NAME',
    help: 'Environment variable that holds its bearer token (default: ATELIER_TRITON_TOKEN)',
  },
  { name: 'timeout', value: 'SECONDS', help: 'How long to wait for each answer of the server (default: 60)' },
];

/** The server that pictures go to. */
export interface PictureServer {
  /** As the person named it: where pictures go. */
  readonly addresses: readonly string[];
  readonly options: TritonClientOptions;
}

/** Who looks and paints. */
export interface BackendChoice {
  /** In order of preference. */
  readonly names: readonly string[];
  readonly server: PictureServer | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The backends that a command line names, in order of preference, whether or not the rest of it makes sense. */
export const backendsNamed = (args: Arguments): readonly string[] =>
  args.get('backend') === 'triton' ? ['triton', 'local'] : ['local'];

/**
 * What the options say about who looks and paints. Only `--backend triton` sends pictures anywhere: an address in the
 * environment is never a reason to. Throws `UsageError`.
 */
export function chooseBackends(args: Arguments, env: Environment): BackendChoice {
  const wanted = args.get('backend') ?? 'local';
  if (wanted === 'triton') return { names: backendsNamed(args), server: readServer(args, env) };
  if (wanted !== 'local') {
    throw new UsageError(`there is no backend "${printable(wanted)}"`, 'the backends are local and triton');
  }
  const stray = ['url', 'grpc-url', 'token-env', 'timeout'].find((option) => args.has(option));
  if (stray === undefined) return { names: backendsNamed(args), server: undefined };
  throw new UsageError(
    `--${stray} is for a Triton server, and the backend is local`,
    'add --backend triton to send pictures to that server',
  );
}

function readServer(args: Arguments, env: Environment): PictureServer {
  const { url, grpcUrl } = readAddresses(args, env);
  const token = readToken(args.get('token-env'), env);
  const timeout = args.get('timeout');
  const common = {
    ...(token === undefined ? {} : { token }),
    ...(timeout === undefined ? {} : { timeoutMs: readTimeout(timeout) }),
  };
  if (url !== undefined) {
    const addresses = grpcUrl === undefined ? [url] : [url, grpcUrl];
    return { addresses, options: { url, ...(grpcUrl === undefined ? {} : { grpcUrl }), ...common } };
  }
  if (grpcUrl !== undefined) {
    return { addresses: [grpcUrl], options: { url: grpcUrl, grpcUrl, transport: 'grpc', ...common } };
  }
  throw new UsageError('--backend triton needs the address of a server', 'add --url http://gpu-box:8000');
}

/** The environment counts only where the command line names no address. */
function readAddresses(args: Arguments, env: Environment): { url: string | undefined; grpcUrl: string | undefined } {
  const [url, grpcUrl, usual] = [args.get('url'), args.get('grpc-url'), env.ATELIER_TRITON_URL?.trim()];
  if (url === undefined && grpcUrl === undefined && usual) {
    return { url: readUrl(usual, 'ATELIER_TRITON_URL'), grpcUrl: undefined };
  }
  return {
    url: url === undefined ? undefined : readUrl(url, '--url'),
    grpcUrl: grpcUrl === undefined ? undefined : readUrl(grpcUrl, '--grpc-url'),
  };
}
