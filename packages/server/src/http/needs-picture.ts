import { AtelierError } from '@atelier/sdk/errors';
import type { Services } from '../services.ts';

/** What a request is about, before it is a job. */
export interface About {
  /** As it was sent; undefined: a new one. */
  readonly session: string | undefined;
  readonly hasImage: boolean;
}

/** Ids that were given out, by `202` answers and branches: nobody makes up one of their own in this form. */
const givenOut = /^session_[0-9a-f]{32}$/;

/**
 * Refuses at once what could only fail later. Throws `not-found` for a session that was mistyped, or is another tenant's, and
 * `invalid-input` where there is no picture and none can come: not with the request, not from its session, not from the web,
 * and nobody here can paint one.
 */
export async function checkPicture(services: Services, tenant: string, { session, hasImage }: About): Promise<void> {
  if (hasImage && (session === undefined || !givenOut.test(session))) return;
  const known = session === undefined ? nothing : await lookUp(services, tenant, session);
  if (session !== undefined && givenOut.test(session) && !known.exists) throw unknownSession(session);
  if (hasImage || known.pictured) return;
  if (services.settings.imageUrls || services.studioOf(tenant).vision.capabilities().generate.length > 0) return;
  throw new AtelierError({
    code: 'invalid-input',
    message: 'There is no picture: none came with the request, and its session has none.',
    hint: 'Send one as `image`: curl -F image=@photo.jpg -F prompt="..."; or name the `session` of a job that had one.',
  });
}

interface Known {
  readonly exists: boolean;
  /** It has a picture, or a job that has not ended may bring one. */
  readonly pictured: boolean;
}

const nothing: Known = { exists: false, pictured: false };

async function lookUp({ database }: Services, tenant: string, session: string): Promise<Known> {
  const [row] = await database.query<Known>(
    `WITH stored AS (SELECT record->>'current' AS current FROM atelier.sessions WHERE tenant = $1 AND id = $2),
     jobs AS (SELECT state FROM atelier.jobs WHERE tenant = $1 AND session = $2)
     SELECT EXISTS (SELECT FROM stored) OR EXISTS (SELECT FROM jobs) AS "exists",
       EXISTS (SELECT FROM stored WHERE current IS NOT NULL)
       OR EXISTS (SELECT FROM jobs WHERE state IN ('queued', 'running', 'waiting')) AS pictured`,
    [tenant, session],
  );
  return row ?? nothing;
}

const unknownSession = (id: string): AtelierError =>
  new AtelierError({
    code: 'not-found',
    message: `There is no session ${id}.`,
    hint: 'Use the `session` of a 202 answer; leave it out for a new one.',
  });
