import type { Studio } from '@atelier/sdk';

export interface WarmStudiosOptions {
  /** Backends, brain and stores of all tenants. */
  readonly open: () => Promise<Studio>;
  /** Tenants whose decoded pictures are kept at hand. Default 8. */
  readonly most?: number | undefined;
  /** Bytes of decoded pictures kept for each of them. Default 128 MiB: all together keep at most 1 GiB. */
  readonly cacheBytes?: number | undefined;
  /** Milliseconds after which they are let go of where nobody asks. Default five minutes. */
  readonly idleMs?: number | undefined;
}

interface Warm {
  readonly studio: Studio;
  readonly end: NodeJS.Timeout;
}

/** A studio for each tenant that calls, over the same backends and stores. Only decoded pictures are lost with one. */
export class WarmStudios {
  readonly #options: Required<WarmStudiosOptions>;
  /** Whoever called last comes last. */
  readonly #studios = new Map<string, Warm>();
  #opened: Promise<Studio> | undefined;

  constructor({ open, most, cacheBytes, idleMs }: WarmStudiosOptions) {
    this.#options = {
      open,
      most: most ?? 8,
      cacheBytes: cacheBytes ?? 128 * 1024 * 1024,
      idleMs: idleMs ?? 5 * 60_000,
    };
  }

  /** A tenant's. */
  async of(scope: string): Promise<Studio> {
    const { most, cacheBytes, idleMs } = this.#options;
    const opened = await this.#open();
    const { studio, end } = this.#studios.get(scope) ?? {
      studio: opened.with({ scope, cacheBytes }),
      end: setTimeout(() => this.#studios.delete(scope), idleMs).unref(),
    };
    end.refresh();
    this.#studios.delete(scope);
    this.#studios.set(scope, { studio, end });
    for (const [oldest, { end }] of this.#studios) {
      if (this.#studios.size <= most) break;
      clearTimeout(end);
      this.#studios.delete(oldest);
    }
    return studio;
  }

  async close(): Promise<void> {
    for (const { end } of this.#studios.values()) clearTimeout(end);
    this.#studios.clear();
    if (this.#opened) await this.#opened.then((studio) => studio.close()).catch(() => {});
  }

  #open(): Promise<Studio> {
    this.#opened ??= this.#options.open().catch((error: unknown) => {
      // What is missing now may be there the next time.
      this.#opened = undefined;
      throw error;
    });
    return this.#opened;
  }
}
