import type { Workshop } from '../workshop/workshop.ts';

/** The protocol's own limit of values. */
const mostValues = 100;
/** People type on: what comes later than this is not shown any more. */
const patienceMs = 1500;
/** No id is longer. */
const longestValue = 128;
/** Sessions whose masks are offered. */
const sessionsWithMasks = 5;

/** Values that begin with what was typed, newest first. At most 100, and none where they cannot be had in time: never an error. */
export type Completion = (typed: string) => Promise<string[]>;

export interface Completions {
  readonly images: Completion;
  readonly masks: Completion;
  readonly sessions: Completion;
  readonly jobs: Completion;
}

/** `patienceMs`: default 1,500. */
export function completions(
  workshop: Workshop,
  options: { readonly patienceMs?: number | undefined } = {},
): Completions {
  const bounded =
    (find: (typed: string) => Promise<readonly string[]>): Completion =>
    async (typed) => {
      if (typed.length > longestValue) return [];
      const found = await inTime(find(typed), options.patienceMs ?? patienceMs);
      return [...new Set(found)].filter((value) => value.startsWith(typed)).slice(0, mostValues);
    };
  return {
    images: bounded(async (startsWith) => {
      const pictures = await workshop.recentPictures({ limit: mostValues, startsWith });
      return pictures.map(({ id }) => id);
    }),
    masks: bounded(() => recentMasks(workshop)),
    sessions: bounded(() => workshop.recentSessions({ limit: mostValues })),
    jobs: bounded(() => workshop.jobs.recent(mostValues)),
  };
}

/** Masks of the edits of the latest sessions, the latest edit first. */
async function recentMasks(workshop: Workshop): Promise<string[]> {
  const sessions = await workshop.recentSessions({ limit: sessionsWithMasks });
  const histories = await Promise.all(sessions.map((session) => workshop.history(session).catch(() => undefined)));
  return histories.flatMap((history) => (history?.edits ?? []).map(({ mask }) => mask).reverse());
}

async function inTime(values: Promise<readonly string[]>, milliseconds: number): Promise<readonly string[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly string[]>((resolve) => {
    timer = setTimeout(() => resolve([]), milliseconds);
  });
  try {
    return await Promise.race([values.catch(() => []), late]);
  } finally {
    clearTimeout(timer);
  }
}
