import { isIP } from 'node:net';
import type { JwtOptions } from '../auth/auth-options.ts';
import type { Given } from './given.ts';
import { printable } from './printable.ts';
import { oneOf, readHostName, readOrigin, readPort, readUrl } from './read-values.ts';
import type { WorkChoice } from './read-work.ts';
import { UsageError } from './usage-error.ts';

/** Who is let in. */
export type AuthChoice =
  /** Everybody who reaches it. */
  | { readonly kind: 'open' }
  /** Bearers are keys of the agent API. */
  | { readonly kind: 'api' }
  | {
      readonly kind: 'guarded';
      /** As they were written; read where they are used, so that no other part holds secrets. */
      readonly keys: string | undefined;
      readonly jwt: JwtOptions | undefined;
    };

export interface HttpChoice {
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | undefined;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly auth: AuthChoice;
  /** Whether it was said that others than this machine may come in without a key. */
  readonly open: boolean;
  /** Whether connections of hosts of 2025 are kept. */
  readonly legacySessions: boolean;
  /** Undefined: made once and kept with the data. */
  readonly secret: string | undefined;
}

/** How it is served, if over HTTP. Whether it would be open to others by accident is checked by whoever serves. */
export function readHttp(given: Given, work: WorkChoice): HttpChoice | undefined {
  if (!given.isOn('http')) return refuseStray(given);
  if (given.one('session') !== undefined) {
    throw new UsageError('--session does not go with --http', 'over HTTP callers name the session in each call');
  }
  const host = readAddress(given.one('host')?.value.trim());
  const publicUrl = given.one('public-url');
  return {
    host,
    port: readPort(given.one('port'), 3333),
    publicUrl: publicUrl && readUrl(publicUrl, '--public-url https://atelier.example.org'),
    allowedHosts: given.all('allowed-host').map(readHostName),
    allowedOrigins: given.all('allowed-origin').map(readOrigin),
    auth: readAuth(given, work),
    open: given.isOn('open'),
    legacySessions: given.isOn('legacy-sessions'),
    secret: readSecret(given.variable('ATELIER_MCP_SECRET')),
  };
}

/** An option that would be silently without effect is a mistake. */
function refuseStray(given: Given): undefined {
  const stray = (
    ['host', 'port', 'public-url', 'allowed-host', 'allowed-origin', 'legacy-sessions', 'open'] as const
  ).find((name) => given.isWritten(name));
  if (stray !== undefined) throw new UsageError(`--${stray} is for --http`, 'add --http to serve over HTTP');
}

function readAddress(written = '127.0.0.1'): string {
  if (isIP(written) !== 0) return written;
  if (written === 'localhost') return '127.0.0.1';
  throw new UsageError(`--host must be an IP address, not "${printable(written)}"`, 'for example --host 0.0.0.0');
}

/** Names of keys; the secrets are read where they are used. */
const namesIn = (keys = ''): ReadonlySet<string> =>
  new Set(keys.split(',').map((entry) => entry.split(/[:=]/, 1)[0]?.trim() ?? ''));

const oneTenant = (): UsageError =>
  new UsageError(
    'with one key of the agent API all callers would share one tenant there',
    'set ATELIER_MCP_AUTH=api: callers then bring keys of the agent API, and are kept apart by it',
  );

function readAuth(given: Given, work: WorkChoice): AuthChoice {
  const kind = given.variable('ATELIER_MCP_AUTH');
  const keys = given.variable('ATELIER_MCP_KEYS');
  const jwt = readJwt(given);
  const isGuarded = keys !== undefined || jwt !== undefined;
  if (kind === undefined) {
    if (work.kind === 'api' && (jwt !== undefined || namesIn(keys).size > 1)) throw oneTenant();
    return isGuarded ? { kind: 'guarded', keys, jwt } : { kind: 'open' };
  }
  oneOf({ value: kind, from: 'ATELIER_MCP_AUTH' }, ['api']);
  if (isGuarded) throw new UsageError('ATELIER_MCP_AUTH=api does not go with keys or tokens of another kind');
  if (work.kind === 'api') return { kind: 'api' };
  throw new UsageError('ATELIER_MCP_AUTH=api needs an agent API', 'add --api http://localhost:3000');
}

function readJwt(given: Given): JwtOptions | undefined {
  const issuer = given.variable('ATELIER_MCP_JWT_ISSUER');
  const jwksUrl = given.variable('ATELIER_MCP_JWT_JWKS_URL');
  const rest = {
    audience: given.variable('ATELIER_MCP_JWT_AUDIENCE'),
    tenantClaim: given.variable('ATELIER_MCP_JWT_TENANT_CLAIM'),
  };
  if (issuer !== undefined && jwksUrl !== undefined) return { issuer, jwksUrl, ...rest };
  if ([issuer, jwksUrl, ...Object.values(rest)].every((value) => value === undefined)) return undefined;
  throw new UsageError('tokens need both ATELIER_MCP_JWT_ISSUER and ATELIER_MCP_JWT_JWKS_URL');
}

function readSecret(written: string | undefined): string | undefined {
  if (written === undefined || written.length >= 32) return written;
  throw new UsageError('ATELIER_MCP_SECRET must have at least 32 characters', 'openssl rand -hex 32 makes one');
}
