import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Journal, journalName } from './journal.ts';
import type { DoneEntry, NameEntry } from './journal-entry.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atelier-journal-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const name = (photo: string, output: string): NameEntry => ({ kind: 'name', photo, suffix: '', format: 'png', output });
const done = (photo: string, output: string, recipe = 'a'): DoneEntry => ({
  kind: 'done',
  photo,
  photoSha256: 'c'.repeat(64),
  recipe: recipe.repeat(64),
  output,
  outputSha256: 'd'.repeat(64),
  verified: true,
  reasons: [],
});

it('is read up to any byte of its last line', async () => {
  const journal = await Journal.open(folder);
  await journal.begin([name('../a.jpg', 'a.png'), name('../b.jpg', 'b.png')]);
  await journal.add(done('../a.jpg', 'a.png'));
  const whole = await readFile(join(folder, journalName));
  await journal.add(done('../b.jpg', 'b.png'));
  const longer = await readFile(join(folder, journalName));
  for (let length = whole.length; length <= longer.length; length++) {
    await writeFile(join(folder, journalName), longer.subarray(0, length));
    const read = await Journal.open(folder);
    expect(read.outputs).toEqual(['a.png', 'b.png']);
    expect(read.resultsOf('a.png')).toEqual([done('../a.jpg', 'a.png')]);
    // The line break alone may be missing.
    expect(read.resultsOf('b.png')).toEqual(length >= longer.length - 1 ? [done('../b.jpg', 'b.png')] : []);
  }
});

it('goes on behind a line that was cut off', async () => {
  const before = await Journal.open(folder);
  await before.begin([name('../a.jpg', 'a.png')]);
  await appendFile(join(folder, journalName), '{"kind":"done","photo":"../a.j');
  const after = await Journal.open(folder);
  await after.begin([name('../a.jpg', 'a.png')]);
  await after.add(done('../a.jpg', 'a.png'));
  expect((await Journal.open(folder)).resultsOf('a.png')).toEqual([done('../a.jpg', 'a.png')]);
});

it('ends as the same file, whatever was done first and how often', async () => {
  const finish = async (journal: Journal, entry: DoneEntry) => {
    await journal.add(entry);
    journal.settle(entry);
  };
  const journal = await Journal.open(folder);
  await journal.begin([name('../b.jpg', 'b.png'), name('../a.jpg', 'a.png')]);
  await finish(journal, done('../b.jpg', 'b.png', 'e'));
  await finish(journal, done('../b.jpg', 'b.png'));
  await finish(journal, done('../a.jpg', 'a.png'));
  await journal.end();
  const text = await readFile(join(folder, journalName), 'utf8');
  const again = await Journal.open(folder);
  await again.begin([]);
  await finish(again, done('../a.jpg', 'a.png'));
  await finish(again, done('../b.jpg', 'b.png'));
  await again.end();
  expect(await readFile(join(folder, journalName), 'utf8')).toBe(text);
  expect(text.trim().split('\n')).toHaveLength(4);
});

it('knows what a file held before and what was to come, until one of them is there', async () => {
  const [before, after] = [done('../a.jpg', 'a.png', 'e'), done('../a.jpg', 'a.png')];
  const killed = await Journal.open(folder);
  await killed.begin([name('../a.jpg', 'a.png')]);
  for (const entry of [before, after, before, after]) await killed.add(entry);
  const resumed = await Journal.open(folder);
  await resumed.begin([]);
  expect((await Journal.open(folder)).resultsOf('a.png')).toEqual([before, after]);
  resumed.settle(before);
  await resumed.end();
  expect((await Journal.open(folder)).resultsOf('a.png')).toEqual([before]);
});

it.each(['../a.png', 'b/a.png', '/etc/a.png', '.a.png', '..', '', 'a.png\0'])(
  'takes %j for no file of its folder',
  async (output) => {
    const lines = [name('../a.jpg', output), done('../a.jpg', output)].map((entry) => `${JSON.stringify(entry)}\n`);
    await writeFile(join(folder, journalName), lines.join(''));
    const journal = await Journal.open(folder);
    expect(journal.outputs).toEqual([]);
    expect(journal.resultsOf(output)).toEqual([]);
  },
);

it('is empty only where it is not there', async () => {
  expect((await Journal.open(folder)).outputs).toEqual([]);
  // Whoever runs this may be allowed to read everything; nobody reads a folder.
  await mkdir(join(folder, journalName));
  await expect(Journal.open(folder)).rejects.toMatchObject({
    code: 'not-allowed',
    details: { path: join(folder, journalName) },
  });
});
