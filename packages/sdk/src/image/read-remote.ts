import { isIP } from 'node:net';
import { DownloadError, fetchUntrustedUrl, readResponseWithSizeLimit } from '@ai-sdk/provider-utils';
import { AtelierError } from '../errors/atelier-error.ts';
import { pinnedFetch, type ResolvedAddress } from './pinned-fetch.ts';
import { refusePrivate } from './private-address.ts';
import { tooManyBytes } from './too-large.ts';

interface RemotePolicy {
  readonly urls?: false | ((url: URL) => boolean) | undefined;
  readonly maxBytes: number;
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What tests put in the place of the network. */
export interface Network {
  /** Default: the system's resolver. */
  readonly resolve?: (host: string) => Promise<readonly ResolvedAddress[]>;
  /** Throws a `DownloadError` for addresses that are refused. Default: private ones. */
  readonly checkAddress?: (address: string) => void;
}

/**
 * Downloads a picture from an address that the policy allows. Every redirect is put to the policy again. A host is resolved
 * once for each request; when one of its addresses is private it is refused, and else the connection goes to one of them.
 * Throws `not-allowed`, `not-found` (no answer, or no picture there), `image-too-large`, or the signal's reason.
 */
export async function readRemote(
  reference: string,
  policy: RemotePolicy,
  { resolve, checkAddress = refusePrivate }: Network = {},
): Promise<Uint8Array> {
  const { maxBytes, signal } = policy;
  const start = parseUrl(reference);
  checkAllowed(start, policy);
  const transport = policy.fetch ?? pinnedFetch({ checkAddress, ...(resolve ? { resolve } : {}) });
  const guarded: typeof globalThis.fetch = async (target, init) => {
    const hop = new URL(target instanceof Request ? target.url : target);
    checkAllowed(hop, policy);
    const host = hop.hostname.replace(/^\[|\]$/g, '');
    // Whatever the transport does: an address that is spelled out needs no resolver.
    if (isIP(host)) checkAddress(host);
    return transport(hop, init);
  };
  try {
    const response = await fetchUntrustedUrl({
      url: start.href,
      headers: { accept: 'image/png,image/jpeg,image/webp,image/avif,image/gif' },
      fetch: guarded,
      ...(signal ? { abortSignal: signal } : {}),
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw unreachable(
        start,
        `the server answered ${response.status}`,
        response.status >= 500 || response.status === 429,
      );
    }
    return await readBody(response, start, maxBytes);
  } catch (error) {
    signal?.throwIfAborted();
    if (AtelierError.isInstance(error)) throw error;
    if (DownloadError.isInstance(error)) throw notAllowed(start, error);
    throw unreachable(start, isUnknownHost(error) ? 'no such host' : 'no connection', !isUnknownHost(error), error);
  }
}

async function readBody(response: Response, url: URL, maxBytes: number): Promise<Uint8Array> {
  try {
    return await readResponseWithSizeLimit({ response, url: label(url), maxBytes });
  } catch (error) {
    if (DownloadError.isInstance(error)) throw tooManyBytes(undefined, maxBytes);
    throw error;
  }
}

function checkAllowed(url: URL, policy: RemotePolicy): void {
  if (!policy.urls) {
    throw new AtelierError({
      code: 'not-allowed',
      message: 'Pictures are not fetched from the web here.',
      hint: 'Download the picture and pass the file, or allow URLs in the settings.',
    });
  }
  if (!policy.urls(url)) throw notAllowed(url);
}

const isUnknownHost = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOTFOUND';

function parseUrl(reference: string): URL {
  try {
    return new URL(reference);
  } catch (cause) {
    throw new AtelierError({ code: 'invalid-input', message: 'The address of the picture is not a valid URL.', cause });
  }
}

/** Without user name, password, query and fragment, where addresses keep their secrets. */
const label = (url: URL): string => `${url.origin}${url.pathname}`;

const notAllowed = (url: URL, cause?: unknown): AtelierError =>
  new AtelierError({
    code: 'not-allowed',
    message: `${label(url)} is not an address that may be read.`,
    hint: 'Download the picture and pass the file, or allow this address in the settings.',
    cause,
  });

const unreachable = (url: URL, reason: string, isRetryable: boolean, cause?: unknown): AtelierError =>
  new AtelierError({
    code: 'not-found',
    message: `The picture at ${label(url)} could not be fetched: ${reason}.`,
    hint: 'Check the address in a browser.',
    isRetryable,
    cause,
  });
