import { checkRevision } from './check-revision.ts';
import type { HistoryStore } from './history-store.ts';
import type { SessionRecord } from './session-record.ts';

/** Keeps sessions in this process: the default, gone when it ends. */
export function memoryHistoryStore(): HistoryStore {
  const sessions = new Map<string, SessionRecord>();
  const key = (scope: string, id: string) => JSON.stringify([scope, id]);
  return {
    async load(scope, id) {
      const record = sessions.get(key(scope, id));
      return record && structuredClone(record);
    },
    async save(scope, record) {
      checkRevision(sessions.get(key(scope, record.id)), record);
      sessions.set(key(scope, record.id), structuredClone(record));
    },
  };
}
