import { once } from 'node:events';
import { join } from 'node:path';
import { createMcpApp, type McpAppOptions } from '../app.ts';
import type { HttpAuthOptions } from '../auth/auth-options.ts';
import { parseKeys } from '../auth/keys.ts';
import { serveHttp } from '../http/serve-http.ts';
import { signedUrls } from '../http/uploads/signed-urls.ts';
import type { ServeChoice } from './choice.ts';
import type { CommandIo } from './main.ts';
import type { HttpChoice } from './read-http.ts';
import type { WorkChoice } from './read-work.ts';
import { say } from './say.ts';
import { sharedSecret } from './shared-secret.ts';

/** Serves over Streamable HTTP until the signal fires; what is at work then may end. Rejects as `serveHttp` does. */
export async function serveOverHttp(
  options: McpAppOptions,
  choice: ServeChoice,
  http: HttpChoice,
  { stderr, signal }: CommandIo,
): Promise<void> {
  const secret = http.secret === undefined ? await sharedSecret(choice.data) : new TextEncoder().encode(http.secret);
  const uploads = signedUrls({ secret, folder: join(choice.data, 'mcp', '.uploads-used') });
  const app = createMcpApp({ ...options, secret, uploads });
  const server = await serveHttp({
    makeServer: ({ principal, requestContext, lifetime }) =>
      app.makeServer({ principal, era: requestContext.era, lifetime }),
    workshops: options.workshops,
    auth: authOf(http, choice.work),
    host: http.host,
    port: http.port,
    publicUrl: http.publicUrl,
    allowedHosts: http.allowedHosts,
    allowedOrigins: http.allowedOrigins.length === 0 ? undefined : http.allowedOrigins,
    uploads,
    legacySessions: http.legacySessions,
    onerror: (error) => say(stderr, 'error', error.message),
  });
  const { auth } = http;
  const whom = auth.kind === 'open' ? 'open to everybody who reaches it' : 'bearer keys or tokens are asked for';
  say(stderr, 'atelier-mcp', `listening at ${server.url}; ${whom}`);
  if (!signal.aborted) await once(signal, 'abort');
  await server.close();
}

/** Throws `invalid-input`, never with a secret in it. */
function authOf({ auth, open }: HttpChoice, work: WorkChoice): HttpAuthOptions {
  const said = open ? { open } : {};
  if (auth.kind === 'guarded') {
    const { keys, jwt } = auth;
    return { ...said, ...(keys === undefined ? {} : { keys: parseKeys(keys) }), ...(jwt ? { jwt } : {}) };
  }
  return auth.kind === 'api' && work.kind === 'api' ? { ...said, api: { url: work.url } } : said;
}
