import type { SessionRecord } from './session-record.ts';

/** Keeps sessions. Every call takes a scope (a tenant); nothing is visible across scopes. */
export interface HistoryStore {
  load(scope: string, id: string): Promise<SessionRecord | undefined>;
  /**
   * Stores the record whole or not at all. `record.revision` counts saves: a save whose revision is not one more than the
   * stored one's is refused with `conflict`, since somebody else changed the session meanwhile: of several saves of one
   * revision, from any number of processes, exactly one succeeds.
   */
  save(scope: string, record: SessionRecord): Promise<void>;
}
