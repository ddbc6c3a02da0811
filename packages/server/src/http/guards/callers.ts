import { AtelierError } from '@atelier/sdk/errors';
import type { MiddlewareHandler } from 'hono';
import type { Principal } from '../../auth/principal.ts';
import type { AppContext, RouteEnvironment } from '../route-context.ts';
import type { RouteTable } from '../route-table.ts';

/** Posts that only talk about a job that is there; all others start work. */
const light: ReadonlySet<string> = new Set(['/jobs/:id/cancel', '/jobs/:id/answer', '/jobs/:id/ticket']);
const workPoints = 5;

/** Who asks, and whether not too often. Sets `principal`. */
export const callerGuard =
  (routes: RouteTable): MiddlewareHandler<RouteEnvironment> =>
  async (c, next) => {
    const route = routes.find(c.req.path);
    if (route?.open.has(c.req.method) || isSignedPicture(c, route?.pattern)) return next();
    const principal = await principalOf(c, route?.pattern);
    const isWork = c.req.method === 'POST' && !light.has(route?.pattern ?? '');
    await c.get('services').limits.take(principal, isWork ? workPoints : 1);
    c.set('principal', principal);
    return next();
  };

/** The route itself checks the signature: the URL is the whole right. */
const isSignedPicture = (c: AppContext, pattern: string | undefined): boolean =>
  pattern === '/images/:id' && isRead(c) && c.req.query('signature') !== undefined;

const isRead = (c: AppContext): boolean => c.req.method === 'GET' || c.req.method === 'HEAD';

async function principalOf(c: AppContext, pattern: string | undefined): Promise<Principal> {
  try {
    const ticket = pattern === '/jobs/:id/events' && isRead(c) ? c.req.query('ticket') : undefined;
    return ticket === undefined ? await authenticate(c) : bearerOfTicket(c, ticket);
  } catch (error) {
    if (AtelierError.isInstance(error) && error.code === 'access-denied') await countFailure(c);
    throw error;
  }
}

/** Who sends an Authorization header. Throws `access-denied`. */
export const authenticate = (c: AppContext): Promise<Principal> =>
  c.get('services').auth.authenticate(c.req.raw.headers);

/** EventSource of browsers sends no headers: it may come with a ticket for this one job. */
function bearerOfTicket(c: AppContext, ticket: string): Principal {
  const [, job = ''] = /^\/jobs\/([^/]+)\/events\/?$/.exec(c.req.path) ?? [];
  const principal = c.get('services').signer.readTicket(job, ticket);
  if (principal) return principal;
  throw new AtelierError({
    code: 'access-denied',
    message: 'The ticket is not valid for this job, or not any more.',
    hint: 'Get a new one, with your key: POST /jobs/ID/ticket. It is good for a minute.',
  });
}

/** Guessing is slowed down by address; where the host does not tell addresses, all guesses are counted together. */
const countFailure = (c: AppContext): Promise<void> =>
  c.get('services').limits.takeAnonymous(c.env?.address ?? 'unknown');
