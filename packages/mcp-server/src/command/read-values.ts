import type { GivenValue } from './given.ts';
import { printable } from './printable.ts';
import { UsageError } from './usage-error.ts';

/** One of the words. Throws `UsageError`, as everything here. */
export function oneOf<const Choice extends string>(
  given: GivenValue | undefined,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  if (given === undefined) return choices[0];
  const chosen = choices.find((choice) => choice === given.value.trim());
  if (chosen !== undefined) return chosen;
  throw new UsageError(`${given.from} must be ${choices.join(' or ')}, not "${printable(given.value)}"`);
}

/** An http or https address without a query, and without the slash at its end. A password in it is never repeated. */
export function readUrl({ value, from }: GivenValue, example: string): string {
  const url = URL.parse(value.trim());
  if (url?.username || url?.password || value.includes('@')) {
    throw new UsageError(
      `${from} holds a name or password`,
      'put keys and tokens into their own variables: see --help',
    );
  }
  if (url && /^https?:$/.test(url.protocol) && url.hostname !== '' && !url.search && !url.hash) {
    return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  }
  throw new UsageError(`${from} must be an http or https address, not "${printable(value)}"`, `for example ${example}`);
}

export function readPort(given: GivenValue | undefined, usual: number): number {
  if (given === undefined) return usual;
  const port = /^\d{1,5}$/.test(given.value.trim()) ? Number(given.value) : Number.POSITIVE_INFINITY;
  if (port <= 65_535) return port;
  throw new UsageError(`${given.from} must be a port from 0 to 65535, not "${printable(given.value)}"`);
}

/** As the Host header shows a server's name; `*` is any. */
export function readHostName({ value, from }: GivenValue): string {
  const name = value.trim().toLowerCase();
  if (name === '*') return name;
  if (/^[a-z0-9._:[\]-]+$/.test(name) && URL.parse(`http://${name}`)?.host === name) return name;
  throw new UsageError(`${from} must be a host name, without scheme or path, not "${printable(value)}"`);
}

/** A server that pictures come from: `images.example.org`, `*.example.org` or `*`. */
export function readPictureHost(given: GivenValue): string {
  const name = given.value.trim().toLowerCase();
  const hostname = name.replace(/^\*\./, '');
  if (name === '*' || (/^[a-z0-9.-]+$/.test(hostname) && URL.parse(`http://${hostname}`)?.hostname === hostname))
    return name;
  throw new UsageError(
    `${given.from} must be a host name, without scheme, port or path, not "${printable(given.value)}"`,
    'for example images.example.org or *.example.org',
  );
}

/** A web page's scheme and host. */
export function readOrigin({ value, from }: GivenValue): string {
  const url = URL.parse(value.trim());
  if (url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return url.origin;
  throw new UsageError(
    `${from} must be a scheme and a host without path, not "${printable(value)}"`,
    'for example https://studio.example.org',
  );
}
