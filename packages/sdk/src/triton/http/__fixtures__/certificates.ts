import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface Certificates {
  /** The authority that signed it. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** A new authority and a certificate of it for these names, made by the Python package trustme. */
export async function makeCertificates(
  python: string,
  names: readonly string[],
  expires?: string,
): Promise<Certificates> {
  const folder = await mkdtemp(join(tmpdir(), 'atelier-certificates-'));
  try {
    const until = expires === undefined ? [] : ['-x', expires];
    await promisify(execFile)(python, ['-m', 'trustme', '-q', '-d', folder, '-i', ...names, ...until]);
    const read = (name: string) => readFile(join(folder, name), 'utf8');
    return { ca: await read('client.pem'), cert: await read('server.pem'), key: await read('server.key') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
