import { rm } from 'node:fs/promises';
import { withLock } from './file-lock.ts';
import { livingMarks } from './marks.ts';
import type { Places } from './places.ts';
import { stopServer } from './stop-server.ts';

/** Takes a user's mark away; the last one to leave stops the server. */
export const leave = (places: Places, mark: string): Promise<void> =>
  withLock(places.locks, async () => {
    await rm(mark, { force: true });
    if ((await livingMarks(places.users)).length === 0) await stopServer(places);
  });
