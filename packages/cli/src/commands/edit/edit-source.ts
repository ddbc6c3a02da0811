import type { Session, Studio } from '@atelier/sdk';
import type { Photo } from '../../files/photo.ts';
import { readPhoto } from '../../files/photo.ts';
import type { PictureSource } from '../../files/picture-source.ts';
import {
  makeSessionFolder,
  openSessionFolder,
  type SessionFolder,
  sessionPicture,
} from '../../studio/session-folder.ts';
import { UsageError } from '../../usage-error.ts';
import type { CommandContext } from '../command.ts';
import type { EditRequest } from './edit-request.ts';

/** The picture of an edit, and the session it is edited in. */
export interface EditSource {
  readonly picture: PictureSource;
  readonly stores: SessionFolder['stores'] | undefined;
  open(studio: Studio): Promise<Session>;
}

/** Reads the photo, or finds the picture that the session shows. Throws `UsageError` where there is neither. */
export async function openEditSource(
  { io }: CommandContext,
  { path, session: name, protect }: EditRequest,
): Promise<EditSource> {
  const folder = name === undefined ? undefined : await openSessionFolder(io.env);
  const photo = path === undefined ? undefined : await readPhoto(path, io.signal);
  const picture = photo ?? (folder && name !== undefined ? await sessionPicture(folder, name) : undefined);
  if (picture === undefined) throw new UsageError('no photo was given', 'atelier edit PHOTO "REQUEST"');
  if (folder) await makeSessionFolder(folder);
  return {
    picture,
    stores: folder?.stores,
    open: (studio) => openSession(studio, photo, { id: name, protect }),
  };
}

/** A photo that is named is what is edited, as it came: also where the session knows it, and shows something else by now. */
async function openSession(
  studio: Studio,
  photo: Photo | undefined,
  options: NonNullable<Parameters<Studio['session']>[0]>,
): Promise<Session> {
  const session = studio.session(options);
  if (photo) await session.addImage(photo.image);
  return session;
}
