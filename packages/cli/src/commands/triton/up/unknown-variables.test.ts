import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { ourVariables, unknownVariables } from './unknown-variables.ts';

const settings = ['ATELIER_QUEUE', 'ATELIER_PROFILE', 'ATELIER_OWLV2_MOST_PHRASES', 'ATELIER_OWLV2_MODEL'];

it('names what nobody reads, and what was probably meant', () => {
  const env = {
    HOME: '/home/a',
    ATELIER_QUEUE: '3',
    ATELIER_CACHE: '/c',
    ATELIER_TRITON_TOKEN: 'secret',
    ATELIER_QUEU: '4',
    ATELIER_OWLV2_PHRASES: '9',
    ATELIER_SOMETHING_ELSE_AND_LONG: '1',
    ATELIER_EMPTY: ' ',
  };
  expect(unknownVariables(env, settings)).toEqual([
    { name: 'ATELIER_OWLV2_PHRASES', meant: 'ATELIER_OWLV2_MOST_PHRASES' },
    { name: 'ATELIER_QUEU', meant: 'ATELIER_QUEUE' },
    { name: 'ATELIER_SOMETHING_ELSE_AND_LONG', meant: undefined },
  ]);
});

it('the list of our own has every variable that the packages read and that is no setting of a model', () => {
  const packages = fileURLToPath(new URL('../../../../../', import.meta.url));
  const ofModels = readFileSync(`${packages}triton-models/atelier_models/settings.py`, 'utf8');
  const fields = [...ofModels.matchAll(/^ {4}(\w+): \w+ = setting\(/gm)].map(([, field]) => field.toUpperCase());
  expect(fields).toContain('PROFILE');
  const isSetting = (name: string) => fields.some((field) => name.endsWith(`_${field}`));
  const files = globSync(['{cli,local,sdk}/src/**/*.ts', 'triton-models/atelier_models/serving/*.py'], {
    cwd: packages,
  });
  const read = files
    .filter((path) => !/\.test\.ts$|\/test_|unknown-variables/.test(path))
    .flatMap((path) => readFileSync(`${packages}${path}`, 'utf8').match(/\bATELIER_[A-Z0-9_]*[A-Z]\b/g) ?? []);
  // Ends like a setting of a model, and is none.
  const alike = ['ATELIER_CACHE', 'ATELIER_BRAIN_MODEL', 'ATELIER_JOBS_AT_ONCE', 'ATELIER_VISION_AT_ONCE'];
  const isOurs = (name: string) => alike.includes(name);
  const others = read.filter((name) => isOurs(name) || !isSetting(name));
  expect([...new Set(others)].sort()).toEqual(ourVariables);
});
