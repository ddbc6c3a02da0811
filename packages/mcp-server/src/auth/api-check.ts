import { createHash } from 'node:crypto';
import { AtelierError } from '@atelier/sdk/errors';
import { accessDenied, checkAway, invalidInput } from './access-errors.ts';
import type { ApiAuthOptions } from './auth-options.ts';
import type { Caller } from './caller.ts';
import { madeScope } from './scope-name.ts';

export interface ApiCheck {
  /** Throws `access-denied`, `rate-limited`, or `server-unavailable` where the API does not answer. */
  check(key: string): Promise<Caller>;
  /** The key of a caller who was let in here. */
  keyOf(scope: string): string | undefined;
}

interface Belief {
  readonly until: number;
  readonly caller: Promise<Caller>;
}

/** Keys remembered at most. */
const most = 10_000;
const askWithinMs = 10_000;

/** Asks the agent API whether a key is one of its own. What it may do, the API itself says with each call. */
export function apiCheck({ url, believedMs = 30_000 }: ApiAuthOptions): ApiCheck {
  const base = baseOf(url);
  const beliefs = new Map<string, Belief>();
  const keys = new Map<string, string>();

  async function checkNow(key: string): Promise<Caller> {
    const caller = await askAbout(base, key);
    remember(keys, caller.principal.scope, key);
    return caller;
  }

  return {
    keyOf: (scope) => keys.get(scope),
    check(key) {
      const id = createHash('sha256').update(key).digest('base64');
      const known = beliefs.get(id);
      if (known && known.until > performance.now()) return known.caller;
      const belief = { until: performance.now() + believedMs, caller: checkNow(key) };
      remember(beliefs, id, belief);
      // Nothing is kept of strangers, nor of an API that was away.
      belief.caller.catch(() => beliefs.get(id) === belief && beliefs.delete(id));
      return belief.caller;
    },
  };
}

/** Any address that the operator gives: the tools send keys there in any case. */
function baseOf(text: string): string {
  const url = URL.parse(text);
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.href.replace(/\/+$/, '');
  throw invalidInput('The option api.url is no address of an agent API.', 'Give one such as http://localhost:3000.');
}

/** The one that was remembered longest ago goes. */
function remember<Value>(map: Map<string, Value>, name: string, value: Value): void {
  map.delete(name);
  map.set(name, value);
  for (const oldest of map.keys()) {
    if (map.size <= most) break;
    map.delete(oldest);
  }
}

async function askAbout(base: string, key: string): Promise<Caller> {
  const headers = { authorization: `Bearer ${key}`, accept: 'application/json' };
  const signal = AbortSignal.timeout(askWithinMs);
  const answer = await fetch(`${base}/jobs?limit=1`, { headers, redirect: 'error', signal }).catch((cause: unknown) => {
    throw checkAway('The agent API does not answer, so keys cannot be checked.', cause);
  });
  await answer.body?.cancel();
  if (answer.ok) return { principal: { scope: madeScope('k', key), may: { look: true, edit: true }, key } };
  if (answer.status === 401 || answer.status === 403)
    throw accessDenied('The key is not valid.', 'Send a key of the agent API; make one with: atelier keys create');
  if (answer.status === 429)
    throw new AtelierError({
      code: 'rate-limited',
      message: 'The agent API asks this key to wait.',
      hint: 'Try again in a minute.',
      isRetryable: true,
    });
  throw checkAway('The agent API cannot check keys at the moment.');
}
