import { InvalidInputError } from '../errors.ts';
import { parseServerUrl } from '../server-url.ts';
import type { ServerAddress, TritonClientOptions } from './client-options.ts';

/** One server's origins, checked. `grpc` is undefined where gRPC is not open. */
export interface Origins {
  readonly url: string;
  readonly grpcUrl: string | undefined;
}

/** The servers of a client, in the order given. Throws `invalid-input` for an address that is none. */
export function originsOf({ url, grpcUrl, transport }: TritonClientOptions): Origins[] {
  const addresses = (Array.isArray(url) ? url : [url]) as readonly (string | ServerAddress)[];
  if (addresses.length === 0) throw invalid('The list of servers is empty', 'Give at least one url.');
  if (grpcUrl !== undefined && (addresses.length > 1 || typeof addresses[0] !== 'string')) {
    throw invalid('grpcUrl stands beside several servers', 'Give every server as { url, grpcUrl }.');
  }
  const origins = addresses.map((address) => {
    const whole = typeof address === 'string' ? { url: address, grpcUrl } : address;
    return originOf(whole, transport === 'http');
  });
  const twice = origins.find((origin, index) => origins.findIndex(({ url }) => url === origin.url) < index);
  if (twice) throw invalid(`The server ${twice.url} is listed twice`, 'List every server once.');
  return origins;
}

function originOf({ url, grpcUrl }: ServerAddress, httpOnly: boolean): Origins {
  const http = parseServerUrl(url, 'url');
  if (httpOnly || grpcUrl === false) return { url: plain(http), grpcUrl: undefined };
  if (grpcUrl !== undefined) return { url: plain(http), grpcUrl: plain(parseServerUrl(grpcUrl, 'grpcUrl')) };
  const grpc = new URL(http);
  // Triton's own defaults are 8000 and 8001; behind a proxy on the standard ports both arrive at the same one.
  if (http.port !== '') grpc.port = String(Number(http.port) + 1);
  grpc.pathname = '/';
  return { url: plain(http), grpcUrl: plain(grpc) };
}

const plain = ({ origin, pathname }: URL): string => `${origin}${pathname.replace(/\/+$/, '')}`;

const invalid = (message: string, hint: string): InvalidInputError =>
  new InvalidInputError({ message: `${message}.`, hint });
