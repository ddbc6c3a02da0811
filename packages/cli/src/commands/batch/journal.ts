import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** The journal's name inside the folder of a batch. */
export const journalName = '.atelier-batch.jsonl';

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

const nameSchema = z.object({
  kind: z.literal('name'),
  /** Path from the folder, so that photos and results may be moved together. */
  photo: z.string(),
  /** What was asked for: the same photo may be there in several forms. */
  suffix: z.string(),
  format: z.enum(['png', 'jpeg', 'webp']),
  /** The file's name in the folder. */
  output: z.string(),
});
/** Which file a photo's result is written to: decided once, before it is written. */
export type NameEntry = z.infer<typeof nameSchema>;

const doneSchema = z.object({
  kind: z.literal('done'),
  photo: z.string(),
  photoSha256: sha256Schema,
  /** Of the recipe and of who does it. */
  recipe: sha256Schema,
  output: z.string(),
  outputSha256: sha256Schema,
  verified: z.boolean(),
  /** Why it is not. */
  reasons: z.array(z.string()),
});
/** A result that is written. */
export type DoneEntry = z.infer<typeof doneSchema>;

const entrySchema = z.discriminatedUnion('kind', [nameSchema, doneSchema]);
type Entry = z.infer<typeof entrySchema>;

/** What was decided and done in a folder, so that a batch can go on after any end. One JSON object a line. */
export class Journal {
  readonly #path: string;
  readonly #folder: string;
  readonly #names = new Map<string, NameEntry>();
  readonly #done = new Map<string, DoneEntry>();

  private constructor(folder: string) {
    this.#folder = folder;
    this.#path = join(folder, journalName);
  }

  /** Reads what is whole: a line that was cut off, or is no entry, is as if it were not there. */
  static async open(folder: string): Promise<Journal> {
    const journal = new Journal(folder);
    const text = await readFile(journal.#path, 'utf8').catch(() => '');
    for (const line of text.split('\n')) {
      const entry = parseEntry(line);
      if (entry) journal.#keep(entry);
    }
    return journal;
  }

  nameOf(wanted: Omit<NameEntry, 'kind' | 'output'>): string | undefined {
    return this.#names.get(keyOf(wanted))?.output;
  }

  /** The result in this file. */
  doneOf(output: string): DoneEntry | undefined {
    return this.#done.get(output);
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

  /** Adds a result that is on the disk. */
  async add(entry: DoneEntry): Promise<void> {
    this.#keep(entry);
    const file = await open(this.#path, 'a');
    try {
      await file.write(`${JSON.stringify(entry)}\n`);
    } finally {
      await file.close();
    }
  }

  /** In one order whatever came first: a batch that was interrupted ends with the same file as one that was not. */
  async end(): Promise<void> {
    await this.#write();
  }

  #keep(entry: Entry): void {
    if (entry.kind === 'name') this.#names.set(keyOf(entry), entry);
    else this.#done.set(entry.output, entry);
  }

  async #write(): Promise<void> {
    const { writeFileWhole } = await import('@atelier/sdk');
    const entries = [...sorted(this.#names.values()), ...sorted(this.#done.values())];
    await writeFileWhole(this.#path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  }
}

const keyOf = ({ photo, suffix, format }: Omit<NameEntry, 'kind' | 'output'>): string =>
  JSON.stringify([photo, suffix, format]);

const sorted = <Item extends Entry>(entries: Iterable<Item>): Item[] =>
  [...entries].sort((a, b) => (a.output < b.output ? -1 : 1));

function parseEntry(line: string): Entry | undefined {
  try {
    return entrySchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** A renamed file is found after a power cut only once its folder is on the disk, too. Not every system can do that. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => {});
  await folder?.close();
}
