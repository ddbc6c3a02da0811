import { join } from 'node:path';
import { fileAssetStore } from '../../../assets/file-asset-store.ts';
import { fileHistoryStore } from '../../../history/file-history-store.ts';

export const storesIn = (folder: string) => ({
  assets: fileAssetStore(join(folder, 'assets')),
  history: fileHistoryStore(join(folder, 'sessions')),
});
