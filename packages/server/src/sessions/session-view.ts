import type { KnownImage, SessionRecord } from '@atelier/sdk';
import type { z } from '@hono/zod-openapi';
import type { AppContext } from '../http/route-context.ts';
import { imageUrl } from '../images/image-info.ts';
import type { ActiveJob, FoundSession } from './find-session.ts';
import type { historySchema, sessionSchema } from './session-schemas.ts';

type SessionView = z.infer<typeof sessionSchema>;

/** Pixels: small enough for a strip of pictures, large enough to recognise what is in them. */
const previewWidth = 512;

/** A session as its JSON. */
export function sessionView(c: AppContext, id: string, { record, job }: FoundSession): SessionView {
  const images = (record?.images ?? []).map((image) => sessionImage(c, image));
  const self = `${c.get('origin')}/sessions/${id}`;
  return {
    id,
    current: images.find((image) => image.id === record?.current) ?? null,
    images,
    head: record?.head ?? null,
    edits: record?.edits.length ?? 0,
    protect: (record?.protect ?? []).map((rule) => (typeof rule === 'string' ? rule : { ...rule })),
    activeJob: job ? jobView(c, job) : null,
    urls: { self, history: `${self}/history`, recipe: `${self}/recipe` },
  };
}

/** The graph of a session's edits, with pictures to look at. */
export function historyView(c: AppContext, record: SessionRecord | undefined): z.infer<typeof historySchema> {
  const { edits = [], head = null, current = null } = record ?? {};
  return {
    nodes: edits.map((edit) => ({ ...edit, ...urlsOf(c, edit.receipt.after) })),
    head,
    current,
    currentUrl: current === null ? null : imageUrl(c, current),
  };
}

/** A picture of a session, with where it is to be seen. */
export const sessionImage = (c: AppContext, image: KnownImage): SessionView['images'][number] => ({
  ...image,
  ...urlsOf(c, image.id),
});

const urlsOf = (c: AppContext, id: string): { url: string; previewUrl: string } => ({
  url: imageUrl(c, id),
  previewUrl: imageUrl(c, id, { width: previewWidth }),
});

function jobView(c: AppContext, { id, state }: ActiveJob): SessionView['activeJob'] {
  return { job_id: id, state, url: `${c.get('origin')}/jobs/${id}` };
}
