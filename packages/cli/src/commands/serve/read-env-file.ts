import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import type { Io } from '../../io.ts';
import { UsageError } from '../../usage-error.ts';

const name = '.env';

/** The environment, with what `.env` of the current folder adds; what is set already counts more. */
export async function readEnvFile(env: Io['env']): Promise<Io['env']> {
  const text = await readFile(name, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'EISDIR') return undefined;
    throw new UsageError(`${name} cannot be read`, 'make it readable, or move it away');
  });
  if (text === undefined) return env;
  // Libraries, such as the AWS SDK with its credentials, look into the environment of the process.
  if (env === process.env) process.loadEnvFile(name);
  return { ...parseEnv(text), ...env };
}
