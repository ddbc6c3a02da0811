import type { PlannedToolName, Session } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import { checkPicture } from '../http/needs-picture.ts';
import type { Services } from '../services.ts';
import { checkIdle } from '../sessions/find-session.ts';
import { lastSeenIn, noteSight } from './last-seen.ts';

export interface Wanted {
  readonly tool: PlannedToolName;
  readonly input: Readonly<Record<string, unknown>>;
  /** As the caller named it. */
  readonly session: string | undefined;
}

/**
 * The session that a call belongs to: the one it names, else the one in which its edit or picture was last seen, else a new one.
 * It knows the call's picture from then on. Throws `not-found` for a session or an edit that is not there, `invalid-input`
 * where nothing says what is to be undone, and `conflict` while a job of the session has not ended.
 */
export async function openSession(services: Services, tenant: string, wanted: Wanted): Promise<Session> {
  const { tool, input, session: named } = wanted;
  const image = textOf(input.image);
  const edit = textOf(input.edit);
  const id = named ?? (await lastSeenIn(services.database, tenant, edit ?? image));
  if (id === undefined && tool === 'undo_edit') throw whichEdit(edit);
  if (named !== undefined) await checkPicture(services, tenant, { session: named, hasImage: true });
  if (id !== undefined) await checkIdle(services, tenant, id);
  if (named !== undefined) await noteSight(services.database, tenant, named, image);
  return services.studioOf(tenant).session({ id, image });
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const whichEdit = (edit: string | undefined): AtelierError =>
  edit === undefined
    ? new AtelierError({
        code: 'invalid-input',
        message: 'Neither an edit nor a session was named: nothing says what is to be undone.',
        hint: 'Give `edit`, the id that the edit was answered with, or the `session`.',
      })
    : new AtelierError({
        code: 'not-found',
        message: `There is no edit ${edit.slice(0, 60)}.`,
        hint: 'Use the id that the edit was answered with.',
      });
