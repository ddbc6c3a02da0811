import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DoneEntry, Journal, journalName, type NameEntry } from './journal.ts';

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
    expect(read.doneOf('a.png')).toEqual(done('../a.jpg', 'a.png'));
    // The line break alone may be missing.
    expect(read.doneOf('b.png')).toEqual(length >= longer.length - 1 ? done('../b.jpg', 'b.png') : undefined);
  }
});

it('goes on behind a line that was cut off', async () => {
  const before = await Journal.open(folder);
  await before.begin([name('../a.jpg', 'a.png')]);
  await appendFile(join(folder, journalName), '{"kind":"done","photo":"../a.j');
  const after = await Journal.open(folder);
  await after.begin([name('../a.jpg', 'a.png')]);
  await after.add(done('../a.jpg', 'a.png'));
  expect((await Journal.open(folder)).doneOf('a.png')).toEqual(done('../a.jpg', 'a.png'));
});

it('ends as the same file, whatever was done first and how often', async () => {
  const journal = await Journal.open(folder);
  await journal.begin([name('../b.jpg', 'b.png'), name('../a.jpg', 'a.png')]);
  await journal.add(done('../b.jpg', 'b.png', 'e'));
  await journal.add(done('../b.jpg', 'b.png'));
  await journal.add(done('../a.jpg', 'a.png'));
  await journal.end();
  const text = await readFile(join(folder, journalName), 'utf8');
  const again = await Journal.open(folder);
  await again.begin([]);
  await again.add(done('../a.jpg', 'a.png'));
  await again.add(done('../b.jpg', 'b.png'));
  await again.end();
  expect(await readFile(join(folder, journalName), 'utf8')).toBe(text);
  expect(text.trim().split('\n')).toHaveLength(4);
});
