import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AtelierError } from '@atelier/sdk/errors';
import { type DoneEntry, type Entry, type NameEntry, parseEntry } from './journal-entry.ts';

/** The journal's name inside the folder of a batch. */
export const journalName = '.atelier-batch.jsonl';

/**
 * What was decided and done in a folder, so that a batch can go on after any end. One JSON object a line. A result's entry is on
 * the disk before its file is, and the entry of the file that it replaces stays until then: whenever a batch ends, what lies
 * there is either on record or somebody else's.
 */
export class Journal {
  readonly #path: string;
  readonly #folder: string;
  readonly #names = new Map<string, NameEntry>();
  /** By file: one, or several where a batch ended between the entry and the file. */
  readonly #results = new Map<string, readonly DoneEntry[]>();

  private constructor(folder: string) {
    this.#folder = folder;
    this.#path = join(folder, journalName);
  }

  /** Reads what is whole: a line that was cut off, or is no entry, is as if it were not there. Throws `not-allowed`. */
  static async open(folder: string): Promise<Journal> {
    const journal = new Journal(folder);
    for (const line of (await readText(journal.#path)).split('\n')) {
      const entry = parseEntry(line);
      if (entry) journal.#keep(entry);
    }
    return journal;
  }

  nameOf(wanted: Omit<NameEntry, 'kind' | 'output'>): string | undefined {
    return this.#names.get(keyOf(wanted))?.output;
  }

  /** What this file may hold: the one whose content it has. */
  resultsOf(output: string): readonly DoneEntry[] {
    return this.#results.get(output) ?? [];
  }

  /** Every file that was ever given to a photo. */
  get outputs(): readonly string[] {
    return [...this.#names.values()].map(({ output }) => output);
  }

  /** Decides on names, and forgets what is written no longer. On the disk before this returns: results are found by it. */
  async begin(names: readonly NameEntry[]): Promise<void> {
    for (const name of names) this.#keep(name);
    await this.#write();
    await syncFolder(this.#folder);
  }

  /** Adds a result that is about to be written. On the disk before this returns: by it the file is known as ours. */
  async add(entry: DoneEntry): Promise<void> {
    this.#keep(entry);
    const file = await open(this.#path, 'a');
    try {
      await file.write(`${JSON.stringify(entry)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  /** The file is there with this result, and so with no other. */
  settle(entry: DoneEntry): void {
    this.#results.set(entry.output, [entry]);
  }

  /** In one order whatever came first: a batch that was interrupted ends with the same file as one that was not. */
  async end(): Promise<void> {
    await this.#write();
  }

  #keep(entry: Entry): void {
    if (entry.kind === 'name') {
      this.#names.set(keyOf(entry), entry);
      return;
    }
    const made = madeOf(entry);
    const others = this.resultsOf(entry.output).filter((other) => madeOf(other) !== made);
    this.#results.set(entry.output, [...others, entry]);
  }

  async #write(): Promise<void> {
    const { writeFileWhole } = await import('@atelier/sdk');
    const entries = [...sorted(this.#names.values()), ...sorted([...this.#results.values()].flat())];
    await writeFileWhole(this.#path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  }
}

const keyOf = ({ photo, suffix, format }: Omit<NameEntry, 'kind' | 'output'>): string =>
  JSON.stringify([photo, suffix, format]);

const madeOf = ({ photo, photoSha256, recipe, outputSha256 }: DoneEntry): string =>
  JSON.stringify([photo, photoSha256, recipe, outputSha256]);

/** By file; those of one file stay as they came. */
const sorted = <Item extends Entry>(entries: Iterable<Item>): Item[] =>
  [...entries].sort((a, b) => (a.output === b.output ? 0 : a.output < b.output ? -1 : 1));

/** Only one that is not there is empty: without one that cannot be read, nobody knows whose the files are. */
async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return '';
    throw new AtelierError({
      code: 'not-allowed',
      message: `${path} cannot be read: it tells what earlier batches did in this folder.`,
      hint: 'Check its permissions, or write into another folder with -o.',
      details: { path },
      cause,
    });
  }
}

/** A renamed file is found after a power cut only once its folder is on the disk, too. Not every system can do that. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => {});
  await folder?.close();
}
