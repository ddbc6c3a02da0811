/** Whether a host name leads to this machine. IPv6 in brackets or bare. */
export const isLoopbackName = (hostname: string): boolean =>
  /^(localhost|127(\.\d{1,3}){3}|\[::1\]|::1)$/i.test(hostname) || hostname.toLowerCase().endsWith('.localhost');

/** As it stands in URLs: IPv6 in brackets. */
export const inUrl = (host: string): string => (host.includes(':') && !host.startsWith('[') ? `[${host}]` : host);

/** A `Host` header or an entry of the list, in small letters and without what follows the port; undefined where it is none. */
export function parseHost(text: string): { readonly host: string; readonly hostname: string } | undefined {
  if (!/^[a-z0-9._:[\]-]{1,255}$/i.test(text)) return undefined;
  const url = URL.parse(`http://${withBrackets(text)}`);
  return url ? { host: url.host, hostname: url.hostname } : undefined;
}

/** A bare IPv6 address has more than one colon; `name:port` has one. */
const withBrackets = (text: string): string => (text.split(':').length > 2 ? inUrl(text) : text);
