import { invalidInput } from '../auth/access-errors.ts';
import { inUrl, isLoopbackName, parseHost } from './host-names.ts';
import type { HttpOptions } from './http-options.ts';

export const defaultHost = '127.0.0.1';

/** Whether only programs on this machine reach the address. */
export const isBoundToLoopback = ({ host = defaultHost }: Pick<HttpOptions, 'host'>): boolean => isLoopbackName(host);

/**
 * Refuses to open to others by accident: beyond loopback a server needs credentials, or `open` said plainly, and the names it may
 * be called by. A public URL or an allowed name elsewhere means a proxy in front of it. Throws `invalid-input`.
 */
export function checkExposure(options: HttpOptions, isOpen: boolean): void {
  const { publicUrl, allowedHosts = [], auth } = options;
  checkPublicUrl(publicUrl);
  for (const name of allowedHosts)
    if (name !== '*' && !parseHost(name))
      throw invalidInput(`"${name.slice(0, 60)}" is no name of a host.`, 'Write pictures.example.org, or name:port.');
  const isBound = isBoundToLoopback(options);
  const names = [...allowedHosts, ...(publicUrl === undefined ? [] : [new URL(publicUrl).hostname])];
  const isReached = !isBound || names.some((name) => !isLoopbackName(parseHost(name)?.hostname ?? name));
  if (isReached && isOpen && auth?.open !== true)
    throw invalidInput(
      'This server would be open to everybody who reaches it.',
      'Give keys (ATELIER_MCP_KEYS) or an identity provider, listen on 127.0.0.1, or say plainly that it is to be open.',
    );
  if (!isBound && names.length === 0)
    throw invalidInput(
      'A server that listens beyond this machine must know the names it is called by.',
      'Give the allowed hosts, such as pictures.example.org, or the public URL.',
    );
}

function checkPublicUrl(text: string | undefined): void {
  if (text === undefined) return;
  const url = URL.parse(text);
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (!url || !isWeb || url.search !== '' || url.hash !== '' || url.username !== '')
    throw invalidInput(
      'The public URL cannot be used.',
      'Give one such as https://pictures.example.org, without ? and #.',
    );
}

/** Where clients reach it: the public URL, else what it listens on, under a name that leads there. Without a slash at its end. */
export function baseUrlOf({ publicUrl, host = defaultHost, allowedHosts = [] }: HttpOptions, port: number): string {
  if (publicUrl !== undefined) return publicUrl.replace(/\/+$/, '');
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const named = isEverywhere ? allowedHosts.find((name) => name !== '*') : host;
  const parsed = parseHost(named ?? 'localhost');
  // One that was given with a port stands for a proxy there.
  return parsed && parsed.host !== parsed.hostname
    ? `http://${parsed.host}`
    : `http://${inUrl(named ?? 'localhost')}:${port}`;
}
