import { isIP } from 'node:net';
import { isLoopback } from '../triton/up/up-options.ts';
import type { ServeChoice } from './serve-choice.ts';

/** What shows that others than programs of this machine come to the server. */
export interface Reach {
  /** The address or name under which they do. @example '0.0.0.0', 'api.example.org', '*' */
  readonly name: string;
  /** What says so, and what would have to go. */
  readonly setting: string;
}

/**
 * How others come to the server; undefined where nobody does. Behind a proxy it listens on loopback, and only the names under
 * which it is known tell.
 */
export function reachOf({ host, app }: Pick<ServeChoice, 'host' | 'app'>): Reach | undefined {
  if (!isLoopback(host)) return { name: host, setting: '--host (ATELIER_HOST)' };
  const { publicUrl, allowedHosts = [] } = app;
  const known = publicUrl === undefined ? undefined : new URL(publicUrl).host;
  if (known !== undefined && !isLoopbackName(known))
    return { name: known, setting: '--public-url (ATELIER_PUBLIC_URL)' };
  const name = allowedHosts.find((allowed) => !isLoopbackName(allowed));
  return name === undefined ? undefined : { name, setting: 'ATELIER_ALLOWED_HOSTS' };
}

/** Of a name with or without a port. */
function isLoopbackName(name: string): boolean {
  const hostname = (URL.parse(`http://${name}`)?.hostname ?? '').replace(/^\[|\]$/g, '');
  if (isIP(hostname) !== 0) return isLoopback(hostname);
  return hostname === 'localhost' || hostname.endsWith('.localhost');
}
