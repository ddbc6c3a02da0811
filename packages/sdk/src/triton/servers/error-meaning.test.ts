import { describe, expect, it } from 'vitest';
import * as errors from '../errors.ts';
import { meaningOf } from './error-meaning.ts';

const { TritonError, ...classes } = errors;

/** Every class of error must be decided on: a new one fails here until it is listed. */
const expected: Record<keyof typeof classes, string> = {
  ServerUnreachableError: 'broken, anywhere',
  ConnectionLostError: 'broken, anywhere-if-idempotent',
  CertificateInvalidError: 'broken, never',
  TimedOutError: 'silent, never',
  ServerUnavailableError: 'refused, anywhere-if-idempotent',
  AccessDeniedError: 'answered, never',
  ModelNotFoundError: 'answered, never',
  ModelNotReadyError: 'answered, elsewhere-if-idempotent',
  RequestRejectedError: 'answered, never',
  RequestUnsupportedError: 'answered, never',
  ModelFailedError: 'answered, never',
  ResponseInvalidError: 'nothing, never',
  RequestTooLargeError: 'nothing, never',
  ResponseTooLargeError: 'nothing, never',
  GrpcRequiredError: 'nothing, never',
  ImageNotCachedError: 'answered, never',
  InvalidInputError: 'nothing, never',
};

describe('meaningOf', () => {
  it('decides on every class of error', () => {
    const decided = Object.entries(classes).map(([name, Class]) => {
      const { verdict, again } = meaningOf(new Class({ message: 'x' }));
      return [name, `${verdict}, ${again}`];
    });
    expect(Object.fromEntries(decided)).toEqual(expected);
  });

  it('allows what is certain not to have run to run again', () => {
    expect(meaningOf(new classes.ServerUnavailableError({ message: 'x', mayHaveRun: false })).again).toBe('anywhere');
    expect(meaningOf(new classes.ModelNotReadyError({ message: 'x', mayHaveRun: false })).again).toBe('elsewhere');
  });

  it('takes nothing from what it does not know', () => {
    for (const error of [new TypeError('a bug'), 'text', undefined, { code: 'server-unreachable' }]) {
      expect(meaningOf(error)).toEqual({ verdict: 'nothing', again: 'never' });
    }
  });

  it('never allows a retry of what is not retryable', () => {
    for (const Class of Object.values(classes)) {
      const error = new Class({ message: 'x' });
      if (meaningOf(error).again !== 'never') expect(error.isRetryable).toBe(true);
    }
  });
});
