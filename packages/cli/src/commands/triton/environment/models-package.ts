import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const require = createRequire(import.meta.url);
const argumentsSchema = z.array(z.string());

/** The folder of @atelier/triton-models: on `PYTHONPATH` for its modules, with the repository in `models` and the requirements beside. */
export const modelsPackage = (): string =>
  dirname(realpathSync(require.resolve('@atelier/triton-models/package.json')));

/** The names of the models that a package folder has, in the order of their names. */
export const modelNames = (folder: string): string[] =>
  readdirSync(join(folder, 'models'))
    .filter((name) => existsSync(join(folder, 'models', name, 'config.pbtxt')))
    .sort();

/**
 * What a tritonserver that serves a package folder is started with. Models are loaded after the start, so that one that
 * fails is named and the others serve. Two batches of the quick models run on a device at the same time. The configurations
 * are complete: without saying so each model's Python would be started twice. Importing torch takes long on a busy machine.
 */
export const serverArguments = (folder: string): string[] =>
  argumentsSchema.parse(JSON.parse(readFileSync(join(folder, 'server-arguments.json'), 'utf8')));
