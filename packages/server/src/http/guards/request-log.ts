import type { MiddlewareHandler } from 'hono';
import type { RequestMetrics } from '../request-metrics.ts';
import type { AppContext, RouteEnvironment } from '../route-context.ts';
import type { RouteTable } from '../route-table.ts';

/** Asked for again and again by machines. */
const routine: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

/** One line and one count for each request, when its answer begins. Never bodies, headers or what lets one in. */
export const requestLog =
  (routes: RouteTable, metrics: RequestMetrics): MiddlewareHandler<RouteEnvironment> =>
  async (c, next) => {
    const start = performance.now();
    await next();
    const milliseconds = performance.now() - start;
    const { status } = c.res;
    const pattern = routes.find(c.req.path)?.pattern;
    metrics.count({ method: c.req.method, route: pattern ?? 'none', status }, milliseconds / 1000);
    const { logger } = c.get('services');
    const level = status >= 500 ? 'warn' : pattern !== undefined && routine.has(pattern) ? 'debug' : 'info';
    logger[level](lineOf(c, milliseconds), 'request');
  };

function lineOf(c: AppContext, milliseconds: number): Record<string, unknown> {
  const principal = c.get('principal');
  return {
    requestId: c.get('requestId'),
    method: c.req.method,
    path: c.req.path.slice(0, 300),
    query: queryForLog(new URL(c.req.url).searchParams),
    status: c.res.status,
    milliseconds: Math.round(milliseconds * 10) / 10,
    ...(c.env?.address === undefined ? {} : { address: c.env.address }),
    ...(principal && { tenant: principal.tenant, caller: principal.id, kind: principal.kind }),
  };
}

/** The only parameters that are logged with their values; of others, not even the names, which are the caller's text. */
const harmless: ReadonlySet<string> = new Set(['after', 'limit', 'state', 'w', 'expires', 'cursor', 'session']);

function queryForLog(query: URLSearchParams): Record<string, string> | undefined {
  const known = [...query].filter(([name]) => harmless.has(name)).map(([name, value]) => [name, value.slice(0, 130)]);
  return known.length === 0 ? undefined : Object.fromEntries(known);
}
