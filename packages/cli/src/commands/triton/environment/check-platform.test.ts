import { describe, expect, it } from 'vitest';
import { SetupError } from '../../../setup-error.ts';
import { checkPlatform, type Machine } from './check-platform.ts';
import { environmentWordsIn } from './words.ts';

const linux: Machine = { platform: 'linux', arch: 'x64', glibc: '2.35' };

describe('checkPlatform', () => {
  it.each([linux, { ...linux, glibc: '2.41' }, { ...linux, glibc: '3.0' }])('takes %o', (machine) => {
    expect(() => checkPlatform(environmentWordsIn('en'), machine)).not.toThrow();
  });

  it.each<[Machine, string]>([
    [{ ...linux, glibc: '2.31' }, 'Linux x64, glibc 2.31'],
    [{ ...linux, glibc: undefined }, 'Linux x64, no glibc'],
    [{ ...linux, arch: 'arm64' }, 'Linux arm64, glibc 2.35'],
    [{ platform: 'darwin', arch: 'arm64', glibc: undefined }, 'darwin arm64'],
  ])('refuses %o, and points to the container', (machine, here) => {
    for (const language of ['en', 'ko'] as const) {
      const words = environmentWordsIn(language);
      const refused = () => checkPlatform(words, machine);
      expect(refused).toThrow(SetupError);
      expect(refused).toThrow(
        expect.objectContaining({
          code: 'platform-unsupported',
          message: expect.stringContaining(here),
          hint: expect.stringContaining('@atelier/triton-models'),
        }),
      );
    }
  });
});
