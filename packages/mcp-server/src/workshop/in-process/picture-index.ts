import type { PictureInfo } from '../workshop.ts';

/** What was seen in a session, with its latest sight. */
export interface Sight {
  readonly session: string;
  readonly images?: readonly PictureInfo[] | undefined;
  readonly edits?: readonly string[] | undefined;
}

/**
 * Which session a picture or an edit was last seen in, so that callers who name neither session nor connection go on where
 * they were. One tenant's.
 */
export interface PictureIndex {
  saw(sight: Sight): Promise<void>;
  /** Whether the picture or edit was ever seen in that session. */
  knows(session: string, reference: string): Promise<boolean>;
  /** Where a picture or an edit was last seen, by its id. */
  sessionOf(reference: string): Promise<string | undefined>;
  /** Undefined for a picture that was not seen. */
  picture(id: string): Promise<PictureInfo | undefined>;
  /** Lists a picture no more; its file is gone. */
  forget(id: string): Promise<void>;
  /** Newest first. */
  pictures(limit: number, startsWith?: string): Promise<readonly PictureInfo[]>;
  /** Newest first. */
  sessions(limit: number): Promise<readonly string[]>;
}

/** Pictures, edits and sessions that are known: of each the newest. Sights are of pictures and of edits. */
export const mostKept = 2000;

/** In this process, gone when it ends. */
export function memoryPictureIndex(): PictureIndex {
  // Maps keep the order of insertion: what is put in again goes to the end.
  const sessionsOf = new Map<string, string>();
  const sights = new Map<string, true>();
  const pictures = new Map<string, PictureInfo>();
  const sessions = new Map<string, true>();
  const again = <Value>(map: Map<string, Value>, key: string, value: Value, most = mostKept) => {
    map.delete(key);
    map.set(key, value);
    for (const oldest of map.keys()) {
      if (map.size <= most) break;
      map.delete(oldest);
    }
  };
  return {
    async saw({ session, images = [], edits = [] }) {
      again(sessions, session, true);
      for (const id of [...edits, ...images.map(({ id }) => id)]) {
        again(sessionsOf, id, session, 2 * mostKept);
        again(sights, `${session} ${id}`, true, 2 * mostKept);
      }
      for (const image of images) again(pictures, image.id, image);
    },
    knows: async (session, reference) => sights.has(`${session} ${reference}`),
    sessionOf: async (reference) => sessionsOf.get(reference),
    picture: async (id) => pictures.get(id),
    async forget(id) {
      pictures.delete(id);
      sessionsOf.delete(id);
    },
    pictures: async (limit, startsWith = '') =>
      [...pictures.values()]
        .reverse()
        .filter(({ id }) => id.startsWith(startsWith))
        .slice(0, limit),
    sessions: async (limit) => [...sessions.keys()].reverse().slice(0, limit),
  };
}
