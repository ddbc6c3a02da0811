import { AtelierError } from '@atelier/sdk/errors';
import type { MiddlewareHandler } from 'hono';
import type { Settings } from '../../services.ts';
import { withStatus } from '../errors.ts';
import type { RouteEnvironment } from '../route-context.ts';

/** Asked by load balancers and orchestrators under any name; they tell nobody anything. */
const anyHost: ReadonlySet<string> = new Set(['/healthz', '/readyz']);

export const isLoopbackHost = (hostname: string): boolean =>
  hostname === 'localhost' ||
  hostname.endsWith('.localhost') ||
  /^127(\.\d{1,3}){3}$/.test(hostname) ||
  hostname === '[::1]';

export type HostSettings = Pick<Settings, 'publicUrl' | 'allowedHosts'>;

/**
 * Whether a `Host` header names this server. A page on `evil.example` whose name leads to 127.0.0.1 (DNS rebinding) is same-origin
 * to a browser; the name is what gives it away.
 */
export function isAllowedHost(host: string, { publicUrl, allowedHosts }: HostSettings): boolean {
  const named = parseHost(host);
  if (!named) return false;
  if (allowedHosts.includes('*')) return true;
  if (isLoopbackHost(named.hostname)) return true;
  if (publicUrl !== undefined && new URL(publicUrl).hostname === named.hostname) return true;
  return allowedHosts.some((allowed) => [named.host, named.hostname].includes(allowed.toLowerCase()));
}

/** In small letters, IPv6 in brackets; undefined for what is no host and port. */
function parseHost(host: string): { host: string; hostname: string } | undefined {
  if (!/^[A-Za-z0-9._:[\]-]{1,255}$/.test(host)) return undefined;
  const url = URL.parse(`http://${host}`);
  return url && url.pathname === '/' && url.username === '' ? url : undefined;
}

/** Refuses requests under names that are not this server's. */
export const hostGuard =
  (settings: HostSettings): MiddlewareHandler<RouteEnvironment> =>
  async (c, next) => {
    // Where the app is mounted without a Host header, the URL was made from it.
    const host = c.req.header('host') ?? new URL(c.req.url).host;
    if (!anyHost.has(c.req.path) && !isAllowedHost(host, settings)) throw unknownHost();
    await next();
  };

const unknownHost = (): AtelierError =>
  withStatus(
    new AtelierError({
      code: 'not-allowed',
      message: 'This server is not known under that name.',
      hint: 'Add the name to ATELIER_ALLOWED_HOSTS, or set ATELIER_PUBLIC_URL (allowedHosts and publicUrl in code).',
    }),
    421,
  );
