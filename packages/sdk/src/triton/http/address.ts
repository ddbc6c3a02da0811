import { AtelierError } from '../../errors/atelier-error.ts';

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
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw invalid("The server's url is no http or https URL.", "Write it with its scheme: 'http://gpu-box:8000'.");
  }
  if (url.username !== '' || url.password !== '') {
    throw invalid(`The url of ${url.host} holds a name or password.`, 'Send them as `token` or in `headers`.');
  }
  if (url.search !== '' || url.hash !== '') {
    throw invalid(`The url of ${url.host} has a query or fragment.`, 'Give scheme, host, port and path only.');
  }
  const prefix = url.pathname.replace(/\/+$/, '');
  return { origin: url.origin, prefix, server: `${url.origin}${prefix}` };
}

const invalid = (message: string, hint: string): AtelierError =>
  new AtelierError({ code: 'invalid-input', message, hint });
