import { isIP } from 'node:net';
import type { Given } from './given.ts';
import { printable } from './printable.ts';
import { oneOf, readHostName, readOrigin, readPort, readUrl } from './read-values.ts';
import type { WorkChoice } from './read-work.ts';
import { UsageError } from './usage-error.ts';

/** A caller's key; the name is the tenant. */
export interface NamedKey {
  readonly name: string;
  readonly secret: string;
}

/** Tokens of an OAuth server. */
export interface JwtChoice {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUrl: string;
}

/** Who is let in. */
export type AuthChoice =
  | { readonly kind: 'open' }
  /** Bearers are keys of the agent API. */
  | { readonly kind: 'api' }
  | { readonly kind: 'guarded'; readonly keys: readonly NamedKey[]; readonly jwt: JwtChoice | undefined };

export interface HttpChoice {
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | undefined;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly auth: AuthChoice;
  /** Undefined: made once and kept with the data. */
  readonly secret: string | undefined;
}

export const isLoopback = (host: string): boolean => host === '::1' || host.startsWith('127.');

/** How it is served, if over HTTP. Other machines get in only with a key, or where that was said. */
export function readHttp(given: Given, work: WorkChoice): HttpChoice | undefined {
  if (!given.isOn('http')) return refuseStray(given);
  if (given.one('session') !== undefined) {
    throw new UsageError('--session does not go with --http', 'over HTTP callers name the session in each call');
  }
  const host = readAddress(given.one('host')?.value.trim());
  const publicUrl = given.one('public-url');
  const publicAddress = publicUrl && readUrl(publicUrl, '--public-url https://atelier.example.org');
  const allowedHosts = given.all('allowed-host').map(readHostName);
  if (publicAddress !== undefined) allowedHosts.push(new URL(publicAddress).host);
  const isForOthers = !isLoopback(host);
  if (isForOthers && allowedHosts.length === 0) {
    throw new UsageError(
      `--host ${host} is reached under other names than this machine's own`,
      'name them: --allowed-host atelier.example.org, or --public-url https://atelier.example.org',
    );
  }
  const auth = readAuth(given, work);
  if (auth.kind === 'open' && (isForOthers || allowedHosts.length > 0) && !given.isOn('open')) {
    throw new UsageError(
      'nobody outside this machine gets in without a key',
      'set ATELIER_MCP_KEYS=name=secret or ATELIER_MCP_JWT_ISSUER, _AUDIENCE and _JWKS_URL, or let everybody in by --open',
    );
  }
  return {
    host,
    port: readPort(given.one('port'), 3333),
    publicUrl: publicAddress,
    allowedHosts,
    allowedOrigins: given.all('allowed-origin').map(readOrigin),
    auth,
    secret: readSecret(given.variable('ATELIER_MCP_SECRET')),
  };
}

/** An option that would be silently without effect is a mistake. */
function refuseStray(given: Given): undefined {
  const stray = (['host', 'port', 'public-url', 'allowed-host', 'allowed-origin', 'open'] as const).find((name) =>
    given.isWritten(name),
  );
  if (stray !== undefined) throw new UsageError(`--${stray} is for --http`, 'add --http to serve over HTTP');
}

function readAddress(written = '127.0.0.1'): string {
  if (isIP(written) !== 0) return written;
  if (written === 'localhost') return '127.0.0.1';
  throw new UsageError(`--host must be an IP address, not "${printable(written)}"`, 'for example --host 0.0.0.0');
}

function readAuth(given: Given, work: WorkChoice): AuthChoice {
  const kind = given.variable('ATELIER_MCP_AUTH');
  const keys = readKeys(given.variable('ATELIER_MCP_KEYS'));
  const jwt = readJwt(given);
  if (kind === undefined) return keys.length > 0 || jwt ? { kind: 'guarded', keys, jwt } : { kind: 'open' };
  oneOf({ value: kind, from: 'ATELIER_MCP_AUTH' }, ['api']);
  if (work.kind !== 'api')
    throw new UsageError('ATELIER_MCP_AUTH=api needs an agent API', 'add --api http://localhost:3000');
  if (keys.length === 0 && jwt === undefined) return { kind: 'api' };
  throw new UsageError('ATELIER_MCP_AUTH=api does not go with keys or tokens of another kind');
}

/** Never repeated. Throws `UsageError`. */
function readKeys(written: string | undefined): readonly NamedKey[] {
  const keys = (written ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      return { name: part.slice(0, Math.max(at, 0)).trim(), secret: part.slice(at + 1).trim() };
    });
  const isGood = ({ name, secret }: NamedKey) =>
    /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/.test(name) && /^[\x21-\x7e]{16,512}$/.test(secret);
  if (!keys.every(isGood) || new Set(keys.map(({ name }) => name)).size < keys.length) {
    throw new UsageError(
      'ATELIER_MCP_KEYS is a list of NAME=SECRET with commas, each name once, each secret of at least 16 visible characters',
      'for example ATELIER_MCP_KEYS=alice=$(openssl rand -hex 24)',
    );
  }
  return keys;
}

function readJwt(given: Given): JwtChoice | undefined {
  const [issuer, audience, jwksUrl] = [
    given.variable('ATELIER_MCP_JWT_ISSUER'),
    given.variable('ATELIER_MCP_JWT_AUDIENCE'),
    given.variable('ATELIER_MCP_JWT_JWKS_URL'),
  ];
  if (issuer === undefined && audience === undefined && jwksUrl === undefined) return undefined;
  if (issuer !== undefined && audience !== undefined && jwksUrl !== undefined) {
    const from = 'ATELIER_MCP_JWT_JWKS_URL';
    // An issuer is compared letter by letter, its slash included.
    return { issuer, audience, jwksUrl: readUrl({ value: jwksUrl, from }, 'https://id.example.org/jwks.json') };
  }
  throw new UsageError('tokens need ATELIER_MCP_JWT_ISSUER, ATELIER_MCP_JWT_AUDIENCE and ATELIER_MCP_JWT_JWKS_URL');
}

function readSecret(written: string | undefined): string | undefined {
  if (written === undefined || written.length >= 32) return written;
  throw new UsageError('ATELIER_MCP_SECRET must have at least 32 characters', 'openssl rand -hex 32 makes one');
}
