import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { Services } from '../../services.ts';
import type { AppContext, RouteEnvironment } from '../route-context.ts';

/** What may come from outside into logs and answers. */
const saneId = /^[A-Za-z0-9_.:-]{8,128}$/;

/** Names the request, and says what routes work with. The id is the caller's `X-Request-Id` where it is a sane one. */
export const requestContext =
  (services: Services): MiddlewareHandler<RouteEnvironment> =>
  async (c, next) => {
    const given = c.req.header('x-request-id');
    const requestId = given !== undefined && saneId.test(given) ? given : randomUUID();
    c.set('services', services);
    c.set('requestId', requestId);
    c.set('origin', services.settings.publicUrl?.replace(/\/+$/, '') ?? ownOrigin(c));
    await next();
    c.res.headers.set('x-request-id', requestId);
    if (c.req.method === 'HEAD') await dropBody(c);
  };

/** By the `Host` header, which is checked: a request line may name another host, and frameworks make their own URLs. */
function ownOrigin(c: AppContext): string {
  const url = new URL(c.req.url);
  return `${url.protocol}//${c.req.header('host') ?? url.host}`;
}

/** What a stream reads from would otherwise be read for nobody. */
async function dropBody(c: AppContext): Promise<void> {
  const { body } = c.res;
  if (!body) return;
  c.res = new Response(null, c.res);
  await body.cancel();
}
