import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An empty folder that the account of Postgres can get into, whoever runs the tests. */
export async function testFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'atelier-embedded-'));
  await chmod(folder, 0o711);
  return folder;
}
