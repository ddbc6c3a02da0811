import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import {
  DownloadError,
  fetchUntrustedUrl,
  readResponseWithSizeLimit,
  validateDownloadUrl,
} from '@ai-sdk/provider-utils';
import { AtelierError } from '../errors/atelier-error.ts';
import { tooManyBytes } from './too-large.ts';

interface RemotePolicy {
  readonly urls?: false | ((url: URL) => boolean) | undefined;
  readonly maxBytes: number;
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Downloads a picture from an address that the policy allows. Every redirect is put to the policy again, and hosts with private addresses are refused.
 * Throws `not-allowed`, `not-found` (no answer, or no picture there), `image-too-large`, or the signal's reason.
 */
export async function readRemote(reference: string, policy: RemotePolicy): Promise<Uint8Array> {
  const { maxBytes, signal } = policy;
  const start = parseUrl(reference);
  await checkAllowed(start, policy);
  const guarded: typeof globalThis.fetch = async (target, init) => {
    const hop = new URL(target instanceof Request ? target.url : target);
    await checkAllowed(hop, policy);
    return (policy.fetch ?? globalThis.fetch)(hop, init);
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
    throw unreachable(start, 'no connection', true, error);
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

async function checkAllowed(url: URL, policy: RemotePolicy): Promise<void> {
  if (!policy.urls) {
    throw new AtelierError({
      code: 'not-allowed',
      message: 'Pictures are not fetched from the web here.',
      hint: 'Download the picture and pass the file, or allow URLs in the settings.',
    });
  }
  if (!policy.urls(url)) throw notAllowed(url);
  // A transport of the caller's own resolves names its own way.
  if (!policy.fetch) await checkAddresses(url);
}

/** A public name can point to a private address; the check of the URL alone would not see it. */
async function checkAddresses(url: URL): Promise<void> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host)
    ? [host]
    : (
        await lookup(host, { all: true }).catch((cause) => {
          throw unreachable(url, 'no such host', false, cause);
        })
      ).map(({ address }) => address);
  for (const address of addresses) {
    try {
      validateDownloadUrl(`http://${isIP(address) === 6 ? `[${address}]` : address}/`);
    } catch (cause) {
      throw notAllowed(url, cause);
    }
  }
}

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
