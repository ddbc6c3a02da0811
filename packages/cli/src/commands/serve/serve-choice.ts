import { isIP } from 'node:net';
import type { AgentOptions } from '@atelier/server';
import type { S3AssetStoreOptions } from '@atelier/server/s3';
import type { Io } from '../../io.ts';
import type { Arguments } from '../../options.ts';
import { printable } from '../../terminal/printable.ts';
import { UsageError } from '../../usage-error.ts';
import { readStoreChoice, type StoreChoice } from './database-choice.ts';
import { readHosts, readImageHosts, readOrigins } from './read-names.ts';
import { jobVariables, limitVariables } from './settings.ts';

/** What the command line and the environment say, checked. */
export interface ServeChoice {
  readonly host: string;
  readonly port: number;
  readonly store: StoreChoice;
  readonly s3: S3AssetStoreOptions | undefined;
  readonly worker: boolean;
  readonly logLevel: string | undefined;
  readonly shutdownSeconds: number;
  /** Hosts whose pictures requests may name. */
  readonly imageHosts: readonly string[];
  readonly sample: string | undefined;
  readonly app: Pick<
    AgentOptions,
    'limits' | 'jobs' | 'publicUrl' | 'allowedHosts' | 'allowedOrigins' | 'logPrompts' | 'secret'
  > & { readonly jwt: NonNullable<AgentOptions['auth']>['jwt'] };
}

type Environment = Io['env'];
/** Characters. */
const shortestSecret = 32;
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** Throws `UsageError`. */
export function readServeChoice(args: Arguments, env: Environment): ServeChoice {
  const [word] = args.positionals;
  if (word !== undefined) throw new UsageError(`"${printable(word)}" is one word too many`, 'see atelier serve --help');
  const worker = !args.has('no-worker') && readSwitch(env, 'ATELIER_WORKER', true);
  return {
    host: readHost(args.get('host') ?? settingOf(env, 'ATELIER_HOST')),
    port: readPort(args.get('port') ?? settingOf(env, 'ATELIER_PORT')),
    store: readStoreChoice(args, env),
    s3: readS3(env),
    worker,
    logLevel: readLogLevel(env),
    shutdownSeconds: readNumber(env, 'ATELIER_SHUTDOWN_SECONDS') ?? 10,
    imageHosts: readImageHosts(settingOf(env, 'ATELIER_IMAGE_HOSTS')),
    sample: args.get('sample'),
    app: {
      publicUrl: readWebUrl(args.get('public-url') ?? settingOf(env, 'ATELIER_PUBLIC_URL'), 'ATELIER_PUBLIC_URL'),
      allowedHosts: readHosts(settingOf(env, 'ATELIER_ALLOWED_HOSTS')),
      allowedOrigins: readOrigins(settingOf(env, 'ATELIER_ALLOWED_ORIGINS')),
      logPrompts: readSwitch(env, 'ATELIER_LOG_PROMPTS', false),
      secret: readSecret(env),
      jwt: readJwt(env),
      limits: numbersOf(env, limitVariables),
      jobs: { ...numbersOf(env, jobVariables), worker },
    },
  };
}

/** An empty variable says nothing. */
const settingOf = (env: Environment, name: string): string | undefined => env[name]?.trim() || undefined;

function readHost(written = '127.0.0.1'): string {
  if (isIP(written) !== 0) return written;
  if (written === 'localhost') return '127.0.0.1';
  throw new UsageError(`--host must be an IP address, not "${printable(written)}"`, 'for example --host 0.0.0.0');
}

function readPort(written = '3000'): number {
  const port = /^\d{1,5}$/.test(written) ? Number(written) : 65_536;
  if (port <= 65_535) return port;
  throw new UsageError(`--port must be a port from 0 to 65535, not "${printable(written)}"`, 'for example --port 8080');
}

function readWebUrl(written: string | undefined, name: string): string | undefined {
  if (written === undefined || /^https?:$/.test(URL.parse(written)?.protocol ?? '')) return written;
  throw new UsageError(`${name} must be an http or https address, not "${printable(written)}"`);
}

function readSwitch(env: Environment, name: string, usual: boolean): boolean {
  const written = settingOf(env, name)?.toLowerCase();
  if (written === undefined) return usual;
  if (['1', 'on', 'true', 'yes'].includes(written)) return true;
  if (['0', 'off', 'false', 'no'].includes(written)) return false;
  throw new UsageError(`${name} must be on or off, not "${printable(written)}"`);
}

function readNumber(env: Environment, name: string): number | undefined {
  const written = settingOf(env, name);
  if (written === undefined) return undefined;
  if (/^\d{1,12}$/.test(written) && Number(written) > 0) return Number(written);
  throw new UsageError(`${name} must be a whole number above 0, not "${printable(written)}"`);
}

function numbersOf(env: Environment, variables: Readonly<Record<string, string>>): Record<string, number> {
  const entries = Object.entries(variables).map(([variable, name]) => [name, readNumber(env, variable)] as const);
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** Never repeats it. */
function readSecret(env: Environment): string | undefined {
  const written = settingOf(env, 'ATELIER_SECRET');
  if (written === undefined || written.length >= shortestSecret) return written;
  throw new UsageError(
    `ATELIER_SECRET is shorter than ${shortestSecret} characters`,
    'make one with: openssl rand -base64 32; or unset it, and one is made and kept in Postgres',
  );
}

function readLogLevel(env: Environment): string | undefined {
  const written = settingOf(env, 'ATELIER_LOG_LEVEL')?.toLowerCase();
  if (written === undefined || logLevels.includes(written)) return written;
  throw new UsageError(`ATELIER_LOG_LEVEL must be one of ${logLevels.join(', ')}, not "${printable(written)}"`);
}

function readJwt(env: Environment): ServeChoice['app']['jwt'] {
  const jwksUrl = readWebUrl(settingOf(env, 'ATELIER_JWKS_URL'), 'ATELIER_JWKS_URL');
  const [issuer, audience] = [settingOf(env, 'ATELIER_JWT_ISSUER'), settingOf(env, 'ATELIER_JWT_AUDIENCE')];
  const tenantClaim = settingOf(env, 'ATELIER_JWT_TENANT_CLAIM');
  if (jwksUrl !== undefined && issuer !== undefined && audience !== undefined) {
    return { jwksUrl, issuer, audience, ...(tenantClaim === undefined ? {} : { tenantClaim }) };
  }
  if (jwksUrl === undefined && issuer === undefined && audience === undefined && tenantClaim === undefined) return;
  throw new UsageError(
    'tokens need ATELIER_JWKS_URL, ATELIER_JWT_ISSUER and ATELIER_JWT_AUDIENCE, all three',
    'a token for somebody else must not open this server; or unset them all, and use API keys',
  );
}

function readS3(env: Environment): S3AssetStoreOptions | undefined {
  const bucket = settingOf(env, 'ATELIER_S3_BUCKET');
  const options = {
    prefix: settingOf(env, 'ATELIER_S3_PREFIX'),
    region: settingOf(env, 'ATELIER_S3_REGION'),
    endpoint: readWebUrl(settingOf(env, 'ATELIER_S3_ENDPOINT'), 'ATELIER_S3_ENDPOINT'),
  };
  if (bucket !== undefined) return { bucket, ...options };
  const stray = Object.entries(options).find(([, value]) => value !== undefined)?.[0];
  if (stray === undefined) return undefined;
  throw new UsageError(`ATELIER_S3_${stray.toUpperCase()} is set, and ATELIER_S3_BUCKET is not`, 'name the bucket');
}
