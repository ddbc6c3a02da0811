import { createHash } from 'node:crypto';
import { stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { canReach, chooseAccount } from './account.ts';
import { embeddedError, folderFailed } from './embedded-error.ts';
import { makeFolder } from './make-folder.ts';
import { type Places, placesIn } from './places.ts';

/** For folders that only root can get to, such as those in root's own home. */
const elsewhere = '/var/lib/atelier';

/**
 * The places in the folder, made where they are missing. Under root Postgres runs as another account: where that one cannot
 * get to the folder, they are in a folder of `/var/lib/atelier` that belongs to it. Throws `output-not-writable`, and
 * `not-allowed` where there are data already that the account cannot get to any more.
 */
export async function choosePlaces(folder: string): Promise<Places> {
  const places = placesIn(folder);
  await makeFolders(places);
  const account = await chooseAccount(places);
  if (!account || (await canReach(account, places.root))) return places;
  if (await stat(places.cluster).catch(() => undefined)) throw closed(places, account.name);
  const other = placesElsewhere(folder);
  await makeFolders(other);
  await writeFile(join(other.folder, 'for-folder.txt'), `${resolve(folder)}\n`);
  if (await canReach(await chooseAccount(other), other.root)) return other;
  throw closed(other, account.name);
}

/** Whether there are data of the folder already. Makes nothing. */
export async function hasCluster(folder: string): Promise<boolean> {
  const found = [placesIn(folder), placesElsewhere(folder)].map(({ cluster }) =>
    stat(cluster).then(
      () => true,
      // What may not be looked at is there, for all that is known: opening it says what is wrong.
      (error: NodeJS.ErrnoException) => error.code !== 'ENOENT' && error.code !== 'ENOTDIR',
    ),
  );
  return (await Promise.all(found)).includes(true);
}

const placesElsewhere = (folder: string): Places => {
  const name = createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 16);
  return placesIn(join(elsewhere, name));
};

/** Others may pass through the folder (Postgres itself may run as another account), and read nothing in it. */
async function makeFolders(places: Places): Promise<void> {
  try {
    await makeFolder(places.root, process.getuid?.() === 0 ? 0o711 : 0o700);
    for (const folder of [places.users, places.locks]) await makeFolder(folder, 0o700);
  } catch (cause) {
    throw folderFailed(places.root, cause);
  }
}

const closed = ({ root }: Places, account: string) =>
  embeddedError(
    'not-allowed',
    `Postgres does not run as root, and the account it runs as (${account}) cannot get to ${root}.`,
    'Keep the data in a folder that every account may pass through, start as another user than root, or set DATABASE_URL to a Postgres of your own.',
    { folder: root, account },
  );
