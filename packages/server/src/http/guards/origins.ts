import { AtelierError } from '@atelier/sdk/errors';
import type { MiddlewareHandler } from 'hono';
import type { Settings } from '../../services.ts';
import type { AppContext, RouteEnvironment } from '../route-context.ts';
import type { RouteTable } from '../route-table.ts';

const headersAsked =
  'Authorization, Content-Type, Idempotency-Key, If-None-Match, If-Range, Last-Event-ID, Range, X-Request-Id';
const headersExposed = 'X-Request-Id, Retry-After, Location, ETag, Content-Range, Idempotency-Replayed';

export type OriginSettings = Pick<Settings, 'publicUrl' | 'allowedOrigins'>;

/** `same`: a page of this server. `allowed`: a page of a listed origin. `foreign`: any other, `null` included. */
export function judgeOrigin(
  origin: string,
  host: string,
  { publicUrl, allowedOrigins }: OriginSettings,
): 'same' | 'allowed' | 'foreign' {
  const url = URL.parse(origin);
  if (url?.origin !== origin) return 'foreign';
  // Behind a proxy that ends TLS, the scheme seen here is another one than the page's.
  if (url.host === host || (publicUrl !== undefined && new URL(publicUrl).origin === origin)) return 'same';
  return allowedOrigins.includes('*') || allowedOrigins.some((allowed) => URL.parse(allowed)?.origin === origin)
    ? 'allowed'
    : 'foreign';
}

/**
 * Pages of listed origins may call (CORS). Pages of others may not: where a request could change anything it is refused, and what
 * they read by GET their browser keeps from them.
 */
export const originGuard =
  (settings: OriginSettings, routes: RouteTable): MiddlewareHandler<RouteEnvironment> =>
  async (c, next) => {
    const origin = c.req.header('origin');
    if (origin === undefined) {
      await next();
      // What a cache keeps for requests without an origin must not answer those with one.
      if (settings.allowedOrigins.length > 0) c.res.headers.append('vary', 'Origin');
      return;
    }
    const host = c.req.header('host') ?? new URL(c.req.url).host;
    const judged = judgeOrigin(origin, host, settings);
    const reads = c.req.method === 'GET' || c.req.method === 'HEAD';
    if (judged === 'foreign' && !reads) throw foreignOrigin();
    if (judged === 'allowed' && isPreflight(c)) c.res = preflight(c, routes);
    else await next();
    c.res.headers.append('vary', 'Origin');
    if (judged !== 'allowed') return;
    c.res.headers.set('access-control-allow-origin', origin);
    c.res.headers.set('access-control-expose-headers', headersExposed);
  };

const isPreflight = (c: AppContext): boolean =>
  c.req.method === 'OPTIONS' && c.req.header('access-control-request-method') !== undefined;

function preflight(c: AppContext, routes: RouteTable): Response {
  const methods = routes.find(c.req.path)?.methods ?? new Set(['GET', 'HEAD', 'POST']);
  const headers = {
    'access-control-allow-methods': [...methods].join(', '),
    'access-control-allow-headers': headersAsked,
    'access-control-max-age': '600',
  };
  return new Response(null, { status: 204, headers });
}

const foreignOrigin = (): AtelierError =>
  new AtelierError({
    code: 'not-allowed',
    message: 'Pages of this origin may not call this server.',
    hint: 'Add the origin to ATELIER_ALLOWED_ORIGINS (allowedOrigins in code).',
  });
