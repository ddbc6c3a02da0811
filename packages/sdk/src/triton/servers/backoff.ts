/**
 * Milliseconds before the next try, or undefined when the server asks for more patience than `maxDelayMs` allows: to ask
 * again sooner would only be refused again. "Full jitter", so that clients which failed together do not come back
 * together: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoffMs(
  triesMade: number,
  options: { readonly baseDelayMs: number; readonly maxDelayMs: number },
  random: () => number,
  retryAfterMs = 0,
): number | undefined {
  if (retryAfterMs > options.maxDelayMs) return undefined;
  // Beyond 31 doublings any base is past any timer, and infinity times a base of 0 would be no number.
  const ceiling = Math.min(options.maxDelayMs, options.baseDelayMs * 2 ** Math.min(triesMade - 1, 31));
  return Math.max(retryAfterMs, random() * ceiling);
}
