import { AtelierError } from '@atelier/sdk/errors';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Principal } from '../auth/principal.ts';
import { networkOf } from './address.ts';
import { BoundedKeys } from './bounded-keys.ts';

/** How often each caller may ask, in this process. */
export interface RateLimits {
  /** Counts a request of `points` (1; 5 for those that start work). Throws `rate-limited` with `details.retryAfterSeconds`. */
  take(principal: Principal, points: number): Promise<void>;
  /** Counts a failed authentication from an address. Throws `rate-limited` with `details.retryAfterSeconds`. */
  takeAnonymous(address: string): Promise<void>;
}

const windowSeconds = 60;
/** Failed authentications of one network in a minute. */
const failuresPerMinute = 60;

/** Counts in memory. Throws `invalid-input` where the limit is not a whole number from 1. */
export function createRateLimits({ requestsPerMinute }: { requestsPerMinute: number }): RateLimits {
  if (!Number.isSafeInteger(requestsPerMinute) || requestsPerMinute < 1)
    throw new AtelierError({
      code: 'invalid-input',
      message: 'The option limits.requestsPerMinute is not a whole number from 1.',
      hint: 'Leave it out for 600.',
    });
  const requests = counter(requestsPerMinute);
  const failures = counter(failuresPerMinute);
  return {
    take: ({ tenant, kind, id }, points) => requests(JSON.stringify([kind, tenant, id]), points),
    takeAnonymous: (address) => failures(networkOf(address), 1),
  };
}

function counter(most: number): (caller: string, points: number) => Promise<void> {
  const limiter = new RateLimiterMemory({ points: most, duration: windowSeconds });
  const keys = new BoundedKeys({ most: 10_000, shared: 256, windowMs: windowSeconds * 1000 });
  return async (caller, points) => {
    try {
      // A request that weighs more than a whole minute's worth still passes once a minute.
      await limiter.consume(keys.nameOf(caller), Math.min(points, most));
    } catch (refused) {
      throw refused instanceof RateLimiterRes ? tooMany(refused.msBeforeNext) : refused;
    }
  };
}

function tooMany(milliseconds: number): AtelierError {
  const retryAfterSeconds = Math.max(1, Math.ceil(milliseconds / 1000));
  return new AtelierError({
    code: 'rate-limited',
    message: 'Too many requests.',
    hint: `Wait ${retryAfterSeconds} ${retryAfterSeconds === 1 ? 'second' : 'seconds'} and try again.`,
    isRetryable: true,
    details: { retryAfterSeconds },
  });
}
