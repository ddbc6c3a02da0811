import type { EditNode, Session } from '@atelier/sdk';
import type { InProcessJobsOptions } from './in-process-options.ts';

/** Tells what a job made, so that calls that name a picture or an edit find its session, and watchers look again. */
export class Sights {
  readonly #options: Pick<InProcessJobsOptions, 'seen' | 'changed'>;

  constructor(options: Pick<InProcessJobsOptions, 'seen' | 'changed'>) {
    this.#options = options;
  }

  /** Never rejects: what was made is made, whether or not it is found again so easily. */
  async saw(session: Session, edits: readonly EditNode[], outputImage: string | null): Promise<void> {
    const ids = [...edits.map(({ receipt }) => receipt.after), ...(outputImage === null ? [] : [outputImage])];
    if (ids.length === 0) return;
    try {
      const images = await Promise.all(
        [...new Set(ids)].map(async (id) => {
          const { width, height } = await session.loadImage(id);
          return { id, width, height };
        }),
      );
      await this.#options.seen({ images, edits: edits.map(({ id }) => id) }, session.id);
    } catch {
      // See above.
    }
    this.#options.changed({ kind: 'pictures' });
    this.#options.changed({ kind: 'session', session: session.id });
  }
}
