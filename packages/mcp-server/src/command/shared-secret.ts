import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publishNew, readPublished } from '../files/publish-new.ts';

const bytes = 32;

/** What signs URLs and the states of questions, for all processes over one data folder: made by the first, readable by nobody else. */
export async function sharedSecret(data: string): Promise<Uint8Array> {
  const folder = join(data, 'mcp');
  // Beside the folders of tenants, whose names never begin with a dot.
  const path = join(folder, '.secret');
  await mkdir(folder, { recursive: true });
  const unfinished = join(folder, `.secret.${process.pid}.${randomBytes(6).toString('hex')}`);
  await writeFile(unfinished, randomBytes(bytes), { mode: 0o600, flag: 'wx' });
  try {
    // Of several processes that start at once, one names its own; a half-written one is never seen.
    await publishNew(unfinished, path);
    const secret = await readPublished(path);
    if (secret.length === bytes) return secret;
    throw new Error(`${path} is not what this program wrote: delete it, or set ATELIER_MCP_SECRET.`);
  } finally {
    await rm(unfinished, { force: true });
  }
}
