import type { MiddlewareHandler } from 'hono';
import type { RouteEnvironment } from '../route-context.ts';

/** For answers that are data: nothing in them is ever run, shown in a frame or sniffed for another type. Routes may set their own. */
const headers: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

export const securityHeaders = (publicUrl: string | undefined): MiddlewareHandler<RouteEnvironment> => {
  const all = publicUrl?.startsWith('https:')
    ? { ...headers, 'strict-transport-security': 'max-age=31536000' }
    : headers;
  return async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(all)) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  };
};
