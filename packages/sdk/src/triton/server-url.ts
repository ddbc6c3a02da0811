import { InvalidInputError } from './errors.ts';

/**
 * A server's address as it was given: http or https, without name and password, query and fragment. Throws
 * `invalid-input` for another, and repeats nothing of it that may be secret. `option` is what the error calls it.
 */
export function parseServerUrl(text: string, option: 'url' | 'grpcUrl'): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.hostname === '') {
    const example = option === 'url' ? 'http://gpu-box:8000' : 'http://gpu-box:8001';
    throw invalid(`${option}: ${shown(text)} is no http or https URL`, `Write it with its scheme: '${example}'.`);
  }
  if (url.username || url.password) {
    throw invalid(`The address of ${url.host} holds a name or password`, 'Use the options `token` or `headers`.');
  }
  if (url.search || url.hash) throw invalid(`The address of ${url.host} has a query or fragment`, 'Leave it out.');
  return url;
}

/** What stands before an @ may be a name and password, and a query may hold a token. */
function shown(text: unknown): string {
  const plain = String(text)
    .replace(/^.*@/s, '...@')
    .replace(/[?#].*$/s, '?...');
  return JSON.stringify(plain.slice(0, 200));
}

const invalid = (message: string, hint: string): InvalidInputError =>
  new InvalidInputError({ message: `${message}.`, hint });
