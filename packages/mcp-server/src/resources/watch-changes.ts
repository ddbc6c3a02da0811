import type { ServerNotifier } from '@modelcontextprotocol/server';
import type { Change, Workshop } from '../workshop/workshop.ts';
import { historyUri, jobUri } from './uris.ts';

export interface WatchOptions {
  readonly workshop: Workshop;
  /** `handler.notify` of `createMcpHandler` fits. */
  readonly publish: Pick<ServerNotifier, 'resourceUpdated' | 'resourcesChanged'>;
  /** Least milliseconds between two notices of the same thing; a later change is told when they are over. Default 200. */
  readonly everyMs?: number | undefined;
}

/** Sessions and jobs that were told of: a new one makes the list of resources longer. */
const mostKnown = 1000;

/** Tells of changes of what resources show, until the function that it returns is called. A job's every step is not told: see `everyMs`. */
export function watchChanges({ workshop, publish, everyMs = 200 }: WatchOptions): () => void {
  const known = new Set<string>();
  const notices = throttled(everyMs);
  const updated = (uri: string): void => {
    notices.tell(uri, () => publish.resourceUpdated(uri));
    if (known.has(uri)) return;
    known.add(uri);
    for (const oldest of known) if (known.size > mostKnown) known.delete(oldest);
    notices.tell('list', () => publish.resourcesChanged());
  };
  const stop = workshop.onChange((change: Change) => {
    if (change.kind === 'session') updated(historyUri(change.session));
    else if (change.kind === 'job') updated(jobUri(change.job));
    else notices.tell('list', () => publish.resourcesChanged());
  });
  return () => {
    stop();
    notices.close();
  };
}

/** The first telling of a thing goes out at once; those that follow within the time go out as one at its end. */
function throttled(everyMs: number) {
  const waiting = new Map<string, { timer: NodeJS.Timeout; next: (() => void) | undefined }>();
  const tell = (key: string, say: () => void): void => {
    const current = waiting.get(key);
    if (current) {
      current.next = say;
      return;
    }
    const timer = setTimeout(() => {
      const next = waiting.get(key)?.next;
      waiting.delete(key);
      if (next) tell(key, next);
    }, everyMs);
    timer.unref();
    waiting.set(key, { timer, next: undefined });
    say();
  };
  return {
    tell,
    close(): void {
      for (const { timer } of waiting.values()) clearTimeout(timer);
      waiting.clear();
    },
  };
}
