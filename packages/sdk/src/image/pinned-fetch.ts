import { lookup as dnsLookup } from 'node:dns/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import { unlessAborted } from './abort.ts';

/** An address as the resolver gives it. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

export interface PinnedFetchOptions {
  /** Throws for an address that must not be connected to. Asked for every address that the host has. */
  readonly checkAddress: (address: string) => void;
  /** Default: the system's resolver. */
  readonly resolve?: (host: string) => Promise<readonly ResolvedAddress[]>;
  /** How long the connection may be silent, in milliseconds. Default 30,000. */
  readonly idleTimeoutMs?: number;
  /** How long the whole answer may take, in milliseconds. Default 120,000. */
  readonly timeoutMs?: number;
}

/**
 * A `fetch` for one GET without redirects whose connection goes to the very addresses that were checked: the host is
 * resolved once, so a name that answers with a public address first and a private one after (DNS rebinding) gains
 * nothing. Connections are not shared between calls. Rejects with what `checkAddress` threw, or the connection's error.
 */
export function pinnedFetch(options: PinnedFetchOptions): typeof globalThis.fetch {
  return async (target, init) => {
    const url = new URL(target instanceof Request ? target.url : target);
    const signals = [AbortSignal.timeout(options.timeoutMs ?? 120_000), ...(init?.signal ? [init.signal] : [])];
    const signal = AbortSignal.any(signals);
    const addresses = await unlessAborted(checkedAddresses(url, options), signal);
    const headers = Object.fromEntries(new Headers(init?.headers));
    return toResponse(await get(url, addresses, { headers, signal, idleTimeoutMs: options.idleTimeoutMs ?? 30_000 }));
  };
}

async function checkedAddresses(url: URL, options: PinnedFetchOptions): Promise<readonly ResolvedAddress[]> {
  const { resolve = (host: string) => dnsLookup(host, { all: true }), checkAddress } = options;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) ? [{ address: host, family: isIP(host) }] : await resolve(host);
  if (addresses.length === 0) throw Object.assign(new Error(`${host} has no address`), { code: 'ENOTFOUND' });
  for (const { address } of addresses) checkAddress(address);
  return addresses;
}

interface GetOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly idleTimeoutMs: number;
}

function get(url: URL, addresses: readonly ResolvedAddress[], options: GetOptions): Promise<IncomingMessage> {
  const { headers, signal, idleTimeoutMs } = options;
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(url, {
      // Names and passwords of the address are not sent along.
      auth: null,
      agent: false,
      lookup: pinnedTo(addresses),
      headers: { ...headers, 'accept-encoding': 'identity' },
      signal,
    });
    request.setTimeout(idleTimeoutMs, () => request.destroy(new Error(`no answer for ${idleTimeoutMs} ms`)));
    request.once('response', resolve);
    request.once('error', reject);
    request.end();
  });
}

/** Answers what was resolved before, in either form that `net.connect` asks for. */
const pinnedTo =
  (addresses: readonly ResolvedAddress[]): LookupFunction =>
  (_host, { all }, callback) => {
    if (all) return callback(null, [...addresses]);
    const [{ address, family }] = addresses;
    callback(null, address, family);
  };

/** Statuses that must not have a body. */
const bodiless = new Set([204, 205, 304]);

function toResponse(message: IncomingMessage): Response {
  const { statusCode = 502, rawHeaders } = message;
  const headers = new Headers();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) headers.append(rawHeaders[i], rawHeaders[i + 1]);
  const coding = headers.get('content-encoding');
  if (coding !== null && coding !== 'identity') {
    message.destroy();
    throw new Error(`the answer is compressed (${coding}), which was not asked for`);
  }
  if (!bodiless.has(statusCode)) return new Response(Readable.toWeb(message), { status: statusCode, headers });
  message.resume();
  return new Response(null, { status: statusCode, headers });
}
