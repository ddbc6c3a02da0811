import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** The folder of @atelier/triton-models: on `PYTHONPATH` for its modules, with the repository in `models` and the requirements beside. */
export const modelsPackage = (): string =>
  dirname(realpathSync(require.resolve('@atelier/triton-models/package.json')));

/** The names of the models that a package folder has, in the order of their names. */
export const modelNames = (folder: string): string[] =>
  readdirSync(join(folder, 'models'))
    .filter((name) => existsSync(join(folder, 'models', name, 'config.pbtxt')))
    .sort();
