import { invalidInput } from './access-errors.ts';

/** https, or http where nobody stands between: loopback, and names without a dot (networks of containers). Throws `invalid-input`. */
export function trustedUrl(option: string, text: string): URL {
  const url = URL.parse(text);
  const isNear = url !== null && /^(127(\.\d+){3}|\[::1\]|[^.:]+)$/.test(url.hostname);
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isNear);
  if (url && isSafe && url.username === '' && url.password === '') return url;
  throw invalidInput(
    `The option ${option} is not an address that can be trusted.`,
    'Give an https address; http is taken on this machine and for names without a dot.',
  );
}
