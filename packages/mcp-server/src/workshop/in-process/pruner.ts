import { join } from 'node:path';
import { keepNewest } from './newest-files.ts';

/** How many files come between two looks. */
const every = 200;

/** Keeps folders of small files small: looks with the first file that is written, and then now and then. */
export class Pruner {
  readonly #folder: string;
  readonly #most: Readonly<Record<string, number>>;
  readonly #written = new Map<string, number>();
  #work: Promise<void> = Promise.resolve();

  /** @param most files by the folder's name */
  constructor(folder: string, most: Readonly<Record<string, number>>) {
    this.#folder = folder;
    this.#most = most;
  }

  /** A file was written. Nobody waits for what goes. */
  wrote(kind: string): void {
    const before = this.#written.get(kind) ?? 0;
    this.#written.set(kind, before + 1);
    const most = this.#most[kind];
    if (most === undefined || before % every !== 0) return;
    this.#work = this.#work.then(() => keepNewest(join(this.#folder, kind), most));
  }
}
