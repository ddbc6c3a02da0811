import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';

/** A folder that may be read, one that may not, and ways between them. */
export interface AllowedFolder {
  readonly root: string;
  /** Its name begins with that of the root, and it lies beside it. */
  readonly outside: string;
  /** Pictures are written here. */
  readonly output: string;
  remove(): Promise<void>;
}

export async function allowedFolder(): Promise<AllowedFolder> {
  const base = await mkdtemp(join(tmpdir(), 'atelier-folders-'));
  const [root, outside, output] = [join(base, 'open'), join(base, 'open-not'), join(base, 'output')];
  for (const folder of [join(root, 'inner'), outside, output]) await mkdir(folder, { recursive: true });
  const picture = await pngOf(24, '#2060a0');
  await writeFile(join(root, 'inner', 'ours.png'), picture);
  await writeFile(join(outside, 'theirs.png'), picture);
  await symlink(join(outside, 'theirs.png'), join(root, 'link.png'));
  await symlink('../open-not', join(root, 'folder-link'));
  await symlink(join(root, 'link.png'), join(root, 'link-to-link.png'));
  await symlink('/proc/self', join(root, 'proc'));
  await symlink('/dev/zero', join(root, 'zero.png'));
  await symlink('loop.png', join(root, 'loop.png'));
  await symlink(outside, join(output, 'way-out'));
  await symlink(join(outside, 'theirs.png'), join(output, 'linked.png'));
  execFileSync('mkfifo', [join(root, 'pipe.png'), join(output, 'pipe.png')]);
  return { root, outside, output, remove: () => rm(base, { recursive: true, force: true }) };
}

/** One colour, `side` pixels square. */
export const pngOf = (side: number, background: string): Promise<Buffer> =>
  sharp({ create: { width: side, height: side, channels: 3, background }, limitInputPixels: false })
    .png({ palette: true })
    .toBuffer();
