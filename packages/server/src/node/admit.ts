import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { AtelierError } from '@atelier/sdk/errors';
import type { Principal } from '../auth/principal.ts';
import { isAllowedHost } from '../http/guards/hosts.ts';
import { judgeOrigin } from '../http/guards/origins.ts';
import type { Services } from '../services.ts';
import { closeCodes } from './send-events.ts';

/** Whose events go to a WebSocket, and from where on. */
export interface Caller {
  readonly tenant: string;
  readonly job: string;
  readonly after: number;
  /** What URLs in events begin with. */
  readonly origin: string;
}

/** `refused`: there is no WebSocket. `closed`: there is one, for as long as it takes to say why not. */
export type Admission =
  | Caller
  | { readonly refused: { readonly status: number; readonly code: string; readonly message: string } }
  | { readonly closed: { readonly code: number; readonly reason: string } };

/**
 * Who asks for a WebSocket, and whether they may have it. Browsers let every page open one anywhere, without CORS: the page's
 * origin and the name of the server are looked at here. A ticket, an Authorization header, or an open server let in.
 */
export async function admit(services: Services, request: IncomingMessage): Promise<Admission> {
  const { settings } = services;
  const { host = '', origin } = request.headers;
  const url = URL.parse(request.url ?? '', 'http://localhost');
  const id = /^\/ws\/([A-Za-z0-9_-]{1,128})$/.exec(url?.pathname ?? '')?.[1];
  if (!isAllowedHost(host, settings)) return refused(421, 'not-allowed', 'This server is not known under that name.');
  if (origin !== undefined && judgeOrigin(origin, host, settings) === 'foreign') {
    return refused(403, 'not-allowed', 'Pages of that origin may not connect.');
  }
  if (!url || id === undefined) return refused(404, 'not-found', 'There is no WebSocket at this address.');
  const after = url.searchParams.get('after') ?? '0';
  if (!/^\d{1,15}$/.test(after)) return refused(400, 'invalid-input', 'after is the seq of an event: 0, 1, 2, ...');
  try {
    const principal = await principalOf(services, request, id, url.searchParams.get('ticket'));
    await services.limits.take(principal, 1);
    const scheme = 'encrypted' in request.socket ? 'https' : 'http';
    const own = settings.publicUrl?.replace(/\/+$/, '') ?? `${scheme}://${host}`;
    return { tenant: principal.tenant, job: id, after: Number(after), origin: own };
  } catch (error) {
    return closedFor(services, error);
  }
}

async function principalOf(
  { auth, signer, limits }: Services,
  { headers, socket }: IncomingMessage,
  job: string,
  ticket: string | null,
): Promise<Principal> {
  try {
    if (ticket !== null) {
      const principal = signer.readTicket(job, ticket);
      if (principal) return principal;
      throw new AtelierError({ code: 'access-denied', message: 'The ticket is not valid, or not any more.' });
    }
    return await auth.authenticate(headersOf(headers));
  } catch (error) {
    if (AtelierError.isInstance(error) && error.code === 'access-denied') {
      await limits.takeAnonymous(socket.remoteAddress ?? 'unknown');
    }
    throw error;
  }
}

/** Node has one text for each header that matters here. */
const headersOf = (headers: IncomingHttpHeaders): Headers =>
  new Headers(
    Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  );

function closedFor({ logger }: Services, error: unknown): Admission {
  const code = AtelierError.isInstance(error) ? error.code : undefined;
  if (code === 'access-denied') {
    return { closed: { code: closeCodes.accessDenied, reason: 'Get a ticket: POST /jobs/ID/ticket.' } };
  }
  if (code === 'rate-limited') return { closed: { code: closeCodes.rateLimited, reason: 'Too many requests.' } };
  if (code !== 'server-unavailable') logger.error({ err: error }, 'a WebSocket could not be opened');
  return { closed: { code: closeCodes.tryLater, reason: 'Try again in a few seconds.' } };
}

const refused = (status: number, code: string, message: string): Admission => ({ refused: { status, code, message } });
