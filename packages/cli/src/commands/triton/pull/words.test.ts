import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { modelsPackage } from '../environment/models-package.ts';
import { koreanLicences, pullWordsIn } from './words.ts';

it('every licence of the catalogue is explained in Korean, and others as the hub has them', () => {
  const catalogue = readFileSync(join(modelsPackage(), 'atelier_models/weights/catalogue.py'), 'utf8');
  const names = [...catalogue.matchAll(/ = Licence\(\s*"([^"]+)"/g)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(3);
  expect(Object.keys(koreanLicences).sort()).toEqual(names.sort());
  const other = { licence: 'bsd-3-clause', licence_means: 'As the model card says.' };
  expect(pullWordsIn('ko').licence(other)).toBe('As the model card says.');
});
