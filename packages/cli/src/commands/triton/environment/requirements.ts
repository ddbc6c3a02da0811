import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Device } from './choose-device.ts';

/** What is installed into an environment. */
export interface Requirements {
  /** A pip requirements file. */
  readonly file: string;
  /** Its text and that of the files that it includes. */
  readonly text: string;
}

/** The requirements of the models on a device. */
export async function readRequirements(packageFolder: string, device: Device): Promise<Requirements> {
  const file = join(packageFolder, 'requirements', `${device}.txt`);
  return { file, text: await withIncluded(file) };
}

async function withIncluded(file: string): Promise<string> {
  const text = await readFile(file, 'utf8');
  const included = [...text.matchAll(/^\s*(?:-r|--requirement)[ =]+(\S+)/gm)].map(([, name]) => name);
  const texts = await Promise.all(included.map((name) => withIncluded(resolve(dirname(file), name))));
  return [text, ...texts].join('\n');
}

/** The folder of the environment that has exactly this: another Python, device or requirement gives another folder. */
export function environmentFolder(
  cache: string,
  { version, device, text }: { readonly version: string; readonly device: Device; readonly text: string },
): string {
  const wanted = text
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '');
  const hash = createHash('sha256')
    .update(JSON.stringify([version, device, wanted]))
    .digest('hex');
  return join(cache, `venv-${hash.slice(0, 12)}`);
}
