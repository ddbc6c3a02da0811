import { accessDenied, invalidInput, isBearer } from './access-errors.ts';
import type { ApiCheck } from './api-check.ts';
import { apiCheck } from './api-check.ts';
import type { HttpAuthOptions } from './auth-options.ts';
import { anybody, type Caller } from './caller.ts';
import { jwtCheck } from './jwt-check.ts';
import { keyCheck, wrongKey } from './keys.ts';

export interface Authenticator {
  /** Whether anybody is let in without credentials. */
  readonly isOpen: boolean;
  /** Who sent this `Authorization` header. Throws `access-denied`; `server-unavailable` where that cannot be found out now. */
  callerOf(authorization: string | undefined): Promise<Caller>;
  /** The key of a caller of an agent API who was let in here. */
  keyOf(scope: string): string | undefined;
}

const sendKey = 'Send it as "Authorization: Bearer ...".';
const longest = 8192;

/** `endpoint` is what tokens are meant for where nothing else is said. Throws `invalid-input` for options that cannot be used. */
export function authenticator(options: HttpAuthOptions, endpoint: () => string): Authenticator {
  checkCombination(options);
  const api = options.api ? apiCheck(options.api) : undefined;
  const isOpen = !options.keys && !options.jwt && !api;
  const check = checkOf(options, endpoint, api);
  return {
    isOpen,
    keyOf: (scope) => api?.keyOf(scope),
    async callerOf(authorization) {
      if (isOpen) return anybody;
      return check(bearerOf(authorization));
    },
  };
}

function checkOf(
  { keys = [], jwt }: HttpAuthOptions,
  endpoint: () => string,
  api: ApiCheck | undefined,
): (token: string) => Promise<Caller> {
  if (api) return api.check;
  const byKey = keyCheck(keys);
  if (!jwt) return async (token) => byKey(token) ?? refuse();
  // Checked now, made when the address is known.
  jwtCheck({ ...jwt, audience: jwt.audience ?? 'checked later' });
  let byToken: ReturnType<typeof jwtCheck> | undefined;
  return async (token) => {
    const caller = byKey(token);
    if (caller) return caller;
    byToken ??= jwtCheck({ ...jwt, audience: jwt.audience ?? endpoint() });
    return byToken(token);
  };
}

function refuse(): never {
  throw wrongKey();
}

function bearerOf(authorization: string | undefined): string {
  if (authorization === undefined) throw accessDenied('This server needs a key or token.', sendKey);
  const [, token] = /^bearer +(\S+) *$/i.exec(authorization.slice(0, longest + 20)) ?? [];
  if (token === undefined || token.length > longest || !isBearer(token))
    throw accessDenied('The header Authorization cannot be read.', sendKey);
  return token;
}

function checkCombination({ keys, jwt, api, open }: HttpAuthOptions): void {
  if (api && (keys || jwt))
    throw invalidInput(
      'Keys of the agent API cannot be taken together with others.',
      'Choose: keys of this server, tokens, or keys of the agent API.',
    );
  if (open && (api || keys || jwt))
    throw invalidInput('A server that is open takes no keys.', 'Leave out either "open" or the keys.');
  if (keys?.length === 0 && !jwt) throw invalidInput('The list of keys is empty.', 'Give one, such as name=secret.');
}
