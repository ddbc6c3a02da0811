import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Change, Workshop } from '../workshop/workshop.ts';
import { watchChanges } from './watch-changes.ts';

/** The one method that is used. */
function changing() {
  const listeners = new Set<(change: Change) => void>();
  const workshop = {
    onChange: (listener: (change: Change) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  } as unknown as Workshop;
  return { workshop, listeners, tell: (change: Change) => listeners.forEach((listener) => void listener(change)) };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function watched() {
  const source = changing();
  const told: string[] = [];
  const publish = {
    resourceUpdated: (uri: string) => void told.push(uri),
    resourcesChanged: () => void told.push('list'),
  };
  const stop = watchChanges({ workshop: source.workshop, publish, everyMs: 100 });
  return { ...source, told, stop };
}

describe('watchChanges', () => {
  it('tells of sessions, jobs and pictures by their addresses; a new one changes the list', () => {
    const { tell, told } = watched();
    tell({ kind: 'session', session: 'kitchen' });
    expect(told).toEqual(['atelier://sessions/kitchen/history', 'list']);
    vi.advanceTimersByTime(100);
    tell({ kind: 'session', session: 'kitchen' });
    expect(told.slice(2)).toEqual(['atelier://sessions/kitchen/history']);
    vi.advanceTimersByTime(100);
    tell({ kind: 'pictures' });
    tell({ kind: 'job', job: 'j1' });
    expect(told.slice(3)).toEqual(['list', 'atelier://jobs/j1']);
    vi.advanceTimersByTime(100);
    expect(told.slice(5)).toEqual(['list']);
  });

  it('tells the first of many changes at once, and the last of them, and few between', () => {
    const { tell, told } = watched();
    for (let step = 0; step < 250; step++) {
      tell({ kind: 'job', job: 'j1' });
      vi.advanceTimersByTime(1);
    }
    const count = () => told.filter((uri) => uri === 'atelier://jobs/j1').length;
    expect(count()).toBe(3);
    vi.advanceTimersByTime(1000);
    expect(count()).toBe(4);
  });

  it('tells nothing once it is stopped, and leaves nothing behind', () => {
    const { tell, told, stop, listeners } = watched();
    tell({ kind: 'pictures' });
    tell({ kind: 'pictures' });
    stop();
    vi.advanceTimersByTime(1000);
    tell({ kind: 'pictures' });
    expect(told).toEqual(['list']);
    expect(listeners.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});
