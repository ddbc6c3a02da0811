import type { IncomingMessage, ServerResponse } from 'node:http';
import { AtelierError } from '@atelier/sdk/errors';
import { isLoopbackName } from './host-names.ts';

export interface OriginRules {
  /** Whether pages of loopback may call. */
  readonly loopback: boolean;
  /** Of the public URL. */
  readonly publicOrigin: string | undefined;
  /** `https://app.example.org`, a host name, or `scheme://*`. */
  readonly allowed: readonly string[];
}

const exposed = 'WWW-Authenticate, Retry-After, Mcp-Session-Id, Mcp-Protocol-Version, ETag';
const preflightSeconds = '600';

/** Whether pages of this origin may call. `null`, as sandboxed pages say, never may. */
export function originCheck({ loopback, publicOrigin, allowed }: OriginRules): (origin: string) => boolean {
  return (origin) => {
    const url = URL.parse(origin);
    if (!url || url.host === '' || url.pathname.replace('/', '') !== '') return false;
    const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
    // Origins are written in one way; what is written otherwise came from no browser.
    if (isWeb && url.origin !== origin) return false;
    if (isWeb && loopback && isLoopbackName(url.hostname)) return true;
    if (origin === publicOrigin || allowed.includes(origin)) return true;
    return isWeb ? allowed.includes(url.hostname) : allowed.includes(`${url.protocol}//*`);
  };
}

/**
 * Lets pages of allowed origins call and read the answers (CORS), and refuses others whatever they send. Requests without an
 * `Origin` come from no page. True where the request was a preflight, which is answered then. Throws `not-allowed`.
 */
export function originGuard(rules: OriginRules): (request: IncomingMessage, response: ServerResponse) => boolean {
  const isAllowed = originCheck(rules);
  return ({ headers, method }, response) => {
    // What a cache keeps for one page, or for none, must not answer another.
    response.setHeader('vary', 'Origin');
    const { origin } = headers;
    if (origin === undefined) return false;
    if (!isAllowed(origin)) throw foreignOrigin();
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-expose-headers', exposed);
    if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return false;
    answerPreflight(headers, response);
    return true;
  };
}

function answerPreflight(asked: IncomingMessage['headers'], response: ServerResponse): void {
  // Clients send headers that a tool's schema names, so no list of them is complete; the origin is one that may.
  const headers = asked['access-control-request-headers'];
  response.writeHead(204, {
    'access-control-allow-methods': 'GET, HEAD, POST, PUT, DELETE',
    'access-control-max-age': preflightSeconds,
    vary: 'Origin, Access-Control-Request-Headers',
    ...(headers !== undefined && /^[\w\-, ]+$/.test(headers) ? { 'access-control-allow-headers': headers } : {}),
    // A page of the web that calls a server on this machine asks for it (Private Network Access).
    ...(asked['access-control-request-private-network'] === 'true'
      ? { 'access-control-allow-private-network': 'true' }
      : {}),
  });
  response.end();
}

const foreignOrigin = (): AtelierError =>
  new AtelierError({
    code: 'not-allowed',
    message: 'Pages of this origin may not call this server.',
    hint: 'Add the origin to the allowed origins.',
  });
