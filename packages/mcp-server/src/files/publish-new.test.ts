import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sharedSecret } from '../command/shared-secret.ts';
import { fileJobStore } from '../jobs/in-process/file-job-store.ts';
import { writeInside } from '../tools/save/write-inside.ts';
import { publishNew, readPublished } from './publish-new.ts';

const system = vi.hoisted(() => ({ linkError: '' }));

// File systems without hard links cannot be mounted here: they are told from others by what `link` answers, and by nothing else.
vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof import('node:fs/promises')>();
  const link: typeof real.link = (from, to) =>
    system.linkError === ''
      ? real.link(from, to)
      : Promise.reject(Object.assign(new Error(system.linkError), { code: system.linkError }));
  return { ...real, link };
});

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atelier-publish-'));
});
afterEach(async () => {
  system.linkError = '';
  await rm(folder, { recursive: true, force: true });
});

const unfinished = async (text: string): Promise<string> => {
  const path = join(folder, `.${text}.tmp`);
  await writeFile(path, text);
  return path;
};

describe.each([
  ['with hard links', ''],
  ['on exFAT', 'EPERM'],
  ['on a FUSE file system', 'ENOSYS'],
  ['on a network drive', 'ENOTSUP'],
  ['on exFAT under Windows', 'EISDIR'],
])('a new file %s', (_where, linkError) => {
  beforeEach(() => {
    system.linkError = linkError;
  });

  it('has one writer of several, is whole, and stays', async () => {
    const path = join(folder, 'it');
    const texts = Array.from({ length: 8 }, (_, index) => `text ${index} ${'x'.repeat(50_000)}`);
    const files = await Promise.all(texts.map((_, index) => unfinished(String(index))));
    await Promise.all(files.map((file, index) => writeFile(file, texts[index] ?? '')));
    const read = Promise.all(
      files.map(async (file) => {
        const isFirst = await publishNew(file, path);
        return { isFirst, text: (await readPublished(path)).toString() };
      }),
    );
    const winner = (await read).findIndex(({ isFirst }) => isFirst);
    expect((await read).filter(({ isFirst }) => isFirst)).toHaveLength(1);
    for (const { text } of await read) expect(text).toBe(texts[winner]);
  });

  it('leaves nothing behind where it cannot be written', async () => {
    await expect(publishNew(join(folder, 'missing'), join(folder, 'it'))).rejects.toMatchObject({
      code: expect.stringMatching(/^E/),
    });
    expect(await readdir(folder)).toEqual([]);
    await expect(publishNew(await unfinished('x'), join(folder, 'no', 'it'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is what a server’s secret is', async () => {
    const secrets = await Promise.all(Array.from({ length: 10 }, () => sharedSecret(folder)));
    expect(new Set(secrets.map((secret) => secret.toString())).size).toBe(1);
    expect(await sharedSecret(folder)).toEqual(secrets[0]);
    expect(await readdir(join(folder, 'mcp'))).toEqual(['.secret']);
  });

  it('is what an answer to a job is', async () => {
    const store = fileJobStore(folder, 1000, 3000);
    await mkdir(join(folder, 'job_1'));
    const given = await Promise.all([1, 2, 3].map((choice) => store.settle('job_1', 'question_1', { choice })));
    expect(new Set(given.map((settled) => JSON.stringify(settled))).size).toBe(1);
    expect(await store.settled('job_1', 'question_1')).toEqual(given[0]);
    expect(await readdir(join(folder, 'job_1'))).toEqual(['question_1.answer.json']);
  });

  it('is what a saved picture is', async () => {
    const save = (text: string) => writeInside(folder, ['a.png'], Buffer.from(text), { overwrite: false });
    const results = await Promise.allSettled(['1', '2', '3'].map(save));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['a.png']);
    expect(await readFile(join(folder, 'a.png'), 'utf8')).toMatch(/^[123]$/);
  });
});

it('a file whose writer died before it was whole is not waited for without end', async () => {
  await writeFile(join(folder, 'empty'), '');
  expect(await readPublished(join(folder, 'empty'))).toHaveLength(0);
});
