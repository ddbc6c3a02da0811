import type { Database } from '../database/database.ts';
import type { AuthOptions } from '../options.ts';
import { accessDenied, makeKeyHint, newTokenHint } from './access-errors.ts';
import { ApiKeyCheck, keyLifeMs } from './api-key-check.ts';
import { isForwarded } from './forwarded.ts';
import { JwtCheck } from './jwt-check.ts';
import type { Principal } from './principal.ts';
import { openTenant } from './tenant.ts';

/** Finds out who asks. */
export interface Authenticator {
  /**
   * Who asks: `Authorization: Bearer atl_...` or a JWT. Throws `access-denied` with what to do, and `server-unavailable` while
   * the database or the identity provider is away. Needs all headers of the request: what a proxy hands on is not let in for
   * being open. Never looks at query strings.
   */
  authenticate(headers: Headers): Promise<Principal>;
  /** Whether everybody is let in at the moment: `open`, and there is no way to have a key. Looked up again every few seconds. */
  isOpen(): Promise<boolean>;
}

/** A key or token, after the scheme. Two headers arrive joined by a comma and do not fit. */
const bearer = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i;

/** Throws `invalid-input` where `jwt` cannot be used as it is. */
export function createAuthenticator(database: Database, options: AuthOptions | undefined): Authenticator {
  const keys = new ApiKeyCheck(database);
  const tokens = options?.jwt ? new JwtCheck(options.jwt) : undefined;
  const mayBeOpen = options?.open === true && !tokens;
  const hasKeys = shared(() => anyKey(database), keyLifeMs);
  const isOpen = async () => mayBeOpen && !(await hasKeys());

  return {
    isOpen,
    async authenticate(headers) {
      const header = headers.get('authorization');
      if (header === null) {
        if (await isOpen()) {
          // Open is for this machine: behind a proxy the whole world comes from here.
          if (isForwarded(headers)) throw accessDenied('What a proxy hands on needs an API key.', makeKeyHint);
          return { tenant: openTenant, kind: 'open', id: 'open' };
        }
        throw accessDenied('This needs an API key.', tokens ? `${makeKeyHint}. ${newTokenHint}` : makeKeyHint);
      }
      // What is sent is checked even where nothing is needed: a wrong key never becomes somebody else's tenant in silence.
      const text = bearer.exec(header)?.[1];
      if (text === undefined) throw accessDenied('The Authorization header cannot be read.', makeKeyHint);
      return tokens && !text.startsWith('atl_') ? tokens.principalOf(text) : keys.principalOf(text);
    },
  };
}

/** Whether there ever was one: that the last key ran out, or was revoked because a thief had it, must not open the door. */
async function anyKey(database: Database): Promise<boolean> {
  const [row] = await database.query<{ any: boolean }>('SELECT EXISTS (SELECT FROM atelier.api_keys) AS any');
  return row?.any !== false;
}

/** Asks again only when the last answer is older than this, and once for all who ask meanwhile. Failures are not kept. */
function shared<Value>(ask: () => Promise<Value>, milliseconds: number): () => Promise<Value> {
  let last: { readonly at: number; readonly answer: Promise<Value> } | undefined;
  return () => {
    if (last && performance.now() - last.at < milliseconds) return last.answer;
    const asked = { at: performance.now(), answer: ask() };
    last = asked;
    asked.answer.catch(() => {
      if (last === asked) last = undefined;
    });
    return asked.answer;
  };
}
