import { access, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AtelierError } from '../errors/atelier-error.ts';
import { safeName } from '../storage/safe-name.ts';
import { wholeFileWriter } from '../storage/whole-file-writer.ts';
import { isMissing } from '../storage/write-file-whole.ts';
import type { AssetStore } from './asset-store.ts';

const extensions: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/gif': 'gif',
  'application/json': 'json',
};

/**
 * Keeps each asset as one ordinary file, `FOLDER/SCOPE/ID.png`, that any viewer opens. Safe for several processes, and for
 * processes that are killed: what they had not finished lies in `FOLDER/.writing` until it is swept.
 */
export function fileAssetStore(folder: string): AssetStore {
  const writer = wholeFileWriter(folder);
  const inScope = (scope: string) => join(folder, safeName('scope', scope));
  const find = async (scope: string, id: string): Promise<{ path: string; mediaType: string } | undefined> => {
    for (const [mediaType, extension] of Object.entries(extensions)) {
      const path = join(inScope(scope), `${safeName('asset id', id)}.${extension}`);
      const there = await access(path).then(
        () => true,
        () => false,
      );
      if (there) return { path, mediaType };
    }
    return undefined;
  };
  return {
    async put(scope, id, asset) {
      const extension = extensions[asset.mediaType];
      if (extension === undefined) throw unknownType(asset.mediaType);
      if (await find(scope, id)) return;
      await writer.write(join(inScope(scope), `${safeName('asset id', id)}.${extension}`), asset.bytes);
    },
    async get(scope, id) {
      const found = await find(scope, id);
      return found && { bytes: await readFile(found.path), mediaType: found.mediaType };
    },
    has: async (scope, id) => (await find(scope, id)) !== undefined,
    async delete(scope, id) {
      const names = await readdir(inScope(scope)).catch((error: unknown) => {
        if (isMissing(error)) return [];
        throw error;
      });
      const prefix = `${safeName('asset id', id)}.`;
      for (const name of names) if (name.startsWith(prefix)) await rm(join(inScope(scope), name), { force: true });
    },
  };
}

const unknownType = (mediaType: string): AtelierError =>
  new AtelierError({
    code: 'invalid-input',
    message: `Assets of the type ${mediaType} are not kept as files.`,
    hint: `Use one of: ${Object.keys(extensions).join(', ')}.`,
  });
