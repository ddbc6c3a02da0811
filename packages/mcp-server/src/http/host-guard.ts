import type { IncomingMessage } from 'node:http';
import { AtelierError } from '@atelier/sdk/errors';
import { isLoopbackName, parseHost } from './host-names.ts';

export interface HostRules {
  /** Whether names of loopback are its own. */
  readonly loopback: boolean;
  /** Of the public URL. */
  readonly publicHost: string | undefined;
  /** `name`, `name:port`, or `*`. */
  readonly allowed: readonly string[];
}

export type HostGuard = (request: Pick<IncomingMessage, 'headersDistinct'>) => void;

/**
 * Refuses requests under names that are not this server's: a page on `evil.example` whose name leads to 127.0.0.1 (DNS rebinding)
 * is same-origin to a browser, and the name is what gives it away. Throws `not-allowed`.
 */
export function hostGuard({ loopback, publicHost, allowed }: HostRules): HostGuard {
  const names = new Set(allowed.map((name) => parseHost(name)?.host ?? name));
  if (publicHost !== undefined) names.add(publicHost.toLowerCase());
  return ({ headersDistinct }) => {
    const [text = '', ...more] = headersDistinct.host ?? [];
    const named = more.length === 0 ? parseHost(text) : undefined;
    if (!named) throw unknownHost();
    if (names.has('*') || names.has(named.host) || names.has(named.hostname)) return;
    if (!loopback || !isLoopbackName(named.hostname)) throw unknownHost();
  };
}

const unknownHost = (): AtelierError =>
  new AtelierError({
    code: 'not-allowed',
    message: 'This server is not known under that name.',
    hint: 'Add the name to the allowed hosts, or set the public URL.',
  });
