import { describe, expect, it } from 'vitest';
import { AtelierError } from '../../errors/atelier-error.ts';
import { poolSettings, type ServerPoolOptions } from './pool-settings.ts';

describe('poolSettings', () => {
  it('has the defaults that the options promise', () => {
    expect(poolSettings({})).toEqual({
      attempts: 3,
      baseDelayMs: 100,
      maxDelayMs: 2_000,
      failures: 3,
      coolDownMs: 5_000,
      healthCheckMs: 5_000,
    });
  });

  it.each<[string, ServerPoolOptions]>([
    ['retry.attempts', { retry: { attempts: 0 } }],
    ['retry.attempts', { retry: { attempts: 1.5 } }],
    ['retry.baseDelayMs', { retry: { baseDelayMs: -1 } }],
    ['retry.maxDelayMs', { retry: { maxDelayMs: Number.NaN } }],
    ['breaker.failures', { breaker: { failures: Number.POSITIVE_INFINITY } }],
    ['breaker.coolDownMs', { breaker: { coolDownMs: Number.POSITIVE_INFINITY } }],
    // A longer timer of Node goes off at once.
    ['healthCheckMs', { healthCheckMs: 2 ** 31 }],
  ])('refuses a bad %s', (option, options) => {
    expect(() => poolSettings(options)).toThrow(AtelierError);
    expect(() => poolSettings(options)).toThrow(
      expect.objectContaining({ code: 'invalid-input', details: { option } }),
    );
  });
});
