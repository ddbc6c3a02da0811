import type { Arguments, OptionSpec } from '../../options.ts';
import { printable } from '../../terminal/printable.ts';
import { UsageError } from '../../usage-error.ts';

/** Options of every command that asks a Triton server. */
export const serverOptions: readonly OptionSpec[] = [
  { name: 'url', value: 'URL', multiple: true, help: 'The server, over HTTP: http://gpu-box:8000' },
  { name: 'grpc-url', value: 'URL', multiple: true, help: 'The server, over gRPC instead: http://gpu-box:8001' },
  {
    name: 'token-env',
    value: 'NAME',
    help: 'Environment variable that holds the bearer token (default: ATELIER_TRITON_TOKEN)',
  },
  { name: 'timeout', value: 'SECONDS', help: 'How long to wait for each answer (default: 10)' },
];

/** One server by one address. */
export interface ServerTarget {
  readonly url: string;
  readonly transport: 'http' | 'grpc';
}

/** How servers are asked. */
export interface ServerAccess {
  readonly targets: readonly ServerTarget[];
  readonly token: string | undefined;
  readonly timeoutMs: number;
}

const defaultTokenVariable = 'ATELIER_TRITON_TOKEN';
const defaultTimeoutMs = 10_000;

/** What the options say about the servers. Throws `UsageError`. */
export function readServerAccess(
  args: Arguments,
  env: Readonly<Record<string, string | undefined>>,
  example: string,
): ServerAccess {
  const targets = [
    ...args.all('url').map((url) => ({ url: readUrl(url, '--url'), transport: 'http' as const })),
    ...args.all('grpc-url').map((url) => ({ url: readUrl(url, '--grpc-url'), transport: 'grpc' as const })),
  ];
  if (targets.length === 0) throw new UsageError('no server was named', example);
  const timeout = args.get('timeout');
  const timeoutMs = timeout === undefined ? defaultTimeoutMs : readTimeout(timeout);
  return { targets, token: readToken(args.get('token-env'), env), timeoutMs };
}

/** The one server of a command that asks only one. */
export function onlyTarget({ targets }: ServerAccess): ServerTarget {
  if (targets.length === 1) return targets[0];
  throw new UsageError('several servers were named', 'give one --url or one --grpc-url');
}

/** An http or https address, without what does not belong there. Throws `UsageError`, which never repeats a password. */
export function readUrl(written: string, option: string): string {
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (url?.username || url?.password || written.includes('@')) {
    // Not repeated: it went to the screen and to logs.
    throw new UsageError(
      `${option} holds a name or password`,
      `put a token into an environment variable, ${defaultTokenVariable} or the one that --token-env names`,
    );
  }
  if (url && ['http:', 'https:'].includes(url.protocol) && url.hostname !== '' && !url.search && !url.hash) {
    return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  }
  const shown = printable(written);
  const bare = /^[\w.-]+(:\d+)?$/.test(written);
  throw new UsageError(
    `${option} must be an http or https address, not "${shown}"`,
    bare ? `write ${option} http://${shown}` : `for example ${option} http://gpu-box:8000`,
  );
}

/** The token in the variable that `--token-env` names, or in the usual one. Throws `UsageError` where a named one is empty, and for what no header holds. */
export function readToken(
  name: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const variable = name ?? defaultTokenVariable;
  const token = env[variable]?.trim() || undefined;
  if (name !== undefined && token === undefined) {
    throw new UsageError(
      '--token-env names an environment variable that is empty or not set',
      `write the variable's name, not the token: --token-env ${defaultTokenVariable}`,
    );
  }
  // Never repeated, and neither is the place of the character.
  if (token !== undefined && !/^[\x20-\x7e]*$/.test(token)) {
    throw new UsageError(
      `the token in the environment variable ${printable(variable)} cannot be sent`,
      'it holds a line break or another character that is not visible ASCII',
    );
  }
  return token;
}

/** Seconds as milliseconds. Throws `UsageError`. */
export function readTimeout(written: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(written.trim()) ? Number(written) : 0;
  if (seconds > 0 && seconds <= 86_400) return Math.ceil(seconds * 1000);
  throw new UsageError(`--timeout must be a number of seconds above 0, not "${written}"`, 'for example --timeout 30');
}
