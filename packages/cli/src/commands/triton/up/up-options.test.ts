import { describe, expect, it } from 'vitest';
import { readArguments } from '../../../options.ts';
import { UsageError } from '../../../usage-error.ts';
import { up } from '../up.ts';
import { readUpChoice } from './up-options.ts';

const known = ['clip', 'owlv2', 'sam', 'sd3', 'vqa'];
const read = (...argv: string[]) => readUpChoice(readArguments(argv, up.options), known);

describe('the options of triton up', () => {
  it('have defaults', () => {
    expect(read()).toEqual({
      models: known,
      device: 'auto',
      cache: undefined,
      python: undefined,
      yes: false,
      profile: 'full',
      ports: { http: 8000, grpc: 8001, metrics: 8002 },
      host: '127.0.0.1',
      precision: undefined,
    });
  });

  it('take the profile of the environment where the command line has none', () => {
    const profile = (env: Record<string, string>, ...argv: string[]) =>
      readUpChoice(readArguments(argv, up.options), known, env).profile;
    expect(profile({ ATELIER_PROFILE: 'random' })).toBe('random');
    expect(profile({ ATELIER_PROFILE: 'miniature' })).toBe('miniature');
    expect(profile({ ATELIER_PROFILE: '' })).toBe('full');
    expect(profile({ ATELIER_PROFILE: 'full' }, '--profile', 'miniature')).toBe('miniature');
    expect(profile({ ATELIER_PROFILE: 'random' }, '--profile', 'full')).toBe('full');
    expect(() => profile({ ATELIER_PROFILE: 'tiny' })).toThrow(
      /^ATELIER_PROFILE must be full, miniature or random, not "tiny"/,
    );
  });

  it('are read, and the other ports follow that of HTTP', () => {
    const choice = read(
      '--models',
      'sam, clip,sam',
      '--http-port',
      '9000',
      '--metrics-port',
      '7000',
      '--host',
      '::1',
      '-y',
    );
    expect(choice).toMatchObject({
      models: ['sam', 'clip'],
      ports: { http: 9000, grpc: 9001, metrics: 7000 },
      host: '::1',
      yes: true,
    });
    expect(read('--host', 'localhost').host).toBe('127.0.0.1');
  });

  it.each<[string[], RegExp, RegExp]>([
    [['--models', 'owlv3'], /no model "owlv3"/, /"owlv2"/],
    [['--models', 'yolo'], /no model "yolo"/, /clip, owlv2, sam, sd3, vqa/],
    [['--models', 'sam,,clip'], /empty name/, /owlv2,sam/],
    [['--profile', 'randm'], /--profile must be full, miniature or random, not "randm"/, /^$/],
    [['--device', 'gpu'], /--device must be auto, cuda or cpu/, /^$/],
    [['--precision', 'fp23'], /--precision must be auto, fp32, bf16, fp16, int8 or int4/, /^$/],
    [['--http-port', '0'], /port from 1 to 65535/, /--http-port 9000/],
    [['--http-port', '80a'], /port from 1 to 65535/, /--http-port/],
    [['--http-port', '65534'], /above 65535/, /follow/],
    [['--grpc-port', '8000'], /the same: 8000, 8000, 8002/, /own/],
    [['--host', 'gpu-box'], /IP address, not "gpu-box"/, /0\.0\.0\.0/],
    [['owlv2'], /one word too many/, /--models/],
  ])('%j is bad usage', (argv, message, hint) => {
    let error: unknown;
    try {
      read(...argv);
    } catch (cause) {
      error = cause;
    }
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({ message: expect.stringMatching(message) });
    // Checked on the line before last.
    expect((error as UsageError).hint ?? '').toMatch(hint);
  });
});
