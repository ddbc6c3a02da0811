import { mkdir, stat } from 'node:fs/promises';
import type { ServeChoice } from './choice.ts';
import { UsageError } from './usage-error.ts';

/** Whether the folders can be used, before a host relies on them. The output folder is made where it is missing. Throws `UsageError`. */
export async function checkFolders({ roots, output }: Pick<ServeChoice, 'roots' | 'output'>): Promise<void> {
  for (const root of roots) {
    const found = await stat(root).catch(() => undefined);
    if (found?.isDirectory()) continue;
    const what = found === undefined ? 'there is no folder' : 'it is no folder';
    throw new UsageError(
      `--root ${root}: ${what}`,
      'name folders that are there, by absolute paths; ~ is your home folder',
    );
  }
  if (output === undefined) return;
  await mkdir(output, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--output ${output} cannot be made (${error.code ?? error.message})`);
  });
}
