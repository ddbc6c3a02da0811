import { parseServerUrl } from '../server-url.ts';

/** Where a server is, in the parts that a request needs. */
export interface Address {
  /** Scheme, host and port. */
  readonly origin: string;
  /** Path in front of `/v2`, without a slash at its end: a proxy may serve Triton under `/triton`. */
  readonly prefix: string;
  /** Both, as errors name it. */
  readonly server: string;
}

/** Throws `invalid-input` for what is no address of a server; credentials are never repeated. */
export function parseAddress(text: string): Address {
  const url = parseServerUrl(text, 'url');
  const prefix = url.pathname.replace(/\/+$/, '');
  return { origin: url.origin, prefix, server: `${url.origin}${prefix}` };
}
