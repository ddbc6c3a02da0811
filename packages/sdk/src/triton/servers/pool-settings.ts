import { AtelierError } from '../../errors/atelier-error.ts';
import type { BreakerOptions, RetryOptions } from '../client/client-options.ts';

export interface ServerPoolOptions {
  readonly retry?: RetryOptions;
  readonly breaker?: BreakerOptions;
  /** Milliseconds between health checks where there are several servers. Default 5,000; 0: none. */
  readonly healthCheckMs?: number;
}

/** Every option, filled in and checked. */
export interface PoolSettings {
  readonly attempts: number;
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
  readonly failures: number;
  readonly coolDownMs: number;
  readonly healthCheckMs: number;
}

/** What a timer of Node can count. */
const longestMs = 2 ** 31 - 1;

/** Throws `invalid-input` for a value that is not a number of its range. */
export function poolSettings({ retry = {}, breaker = {}, healthCheckMs }: ServerPoolOptions): PoolSettings {
  return {
    attempts: whole('retry.attempts', retry.attempts ?? 3, 1),
    baseDelayMs: milliseconds('retry.baseDelayMs', retry.baseDelayMs ?? 100),
    maxDelayMs: milliseconds('retry.maxDelayMs', retry.maxDelayMs ?? 2_000),
    failures: whole('breaker.failures', breaker.failures ?? 3, 1),
    coolDownMs: milliseconds('breaker.coolDownMs', breaker.coolDownMs ?? 5_000),
    healthCheckMs: milliseconds('healthCheckMs', healthCheckMs ?? 5_000),
  };
}

function whole(name: string, value: number, least: number): number {
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw refused(name, value, `a whole number from ${least} up`);
}

function milliseconds(name: string, value: number): number {
  if (Number.isFinite(value) && value >= 0 && value <= longestMs) return value;
  throw refused(name, value, `milliseconds from 0 to ${longestMs}`);
}

function refused(name: string, value: unknown, expected: string): AtelierError {
  return new AtelierError({
    code: 'invalid-input',
    message: `${name} is ${String(value)}.`,
    hint: `Give ${expected}, or leave it out.`,
    details: { option: name },
  });
}
