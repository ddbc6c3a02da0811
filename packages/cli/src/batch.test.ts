import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { decodeImage, encodeImage } from '@atelier/sdk/image';
import { describe, expect, it } from 'vitest';
import { cropSize, steps, writeCrops, writeRecipe } from './__fixtures__/batch-photos.ts';
import { inEmptyFolder, jsonOf, runCli } from './__fixtures__/run-cli.ts';
import { writeSmall } from './__fixtures__/small-photos.ts';
import { lockFolder } from './commands/batch/lock.ts';
import { exitCodes } from './exit-codes.ts';

const run = async (...argv: string[]) => {
  const result = await runCli(['batch', ...argv, '--json']);
  return { ...result, output: jsonOf(result, 'batch') };
};

describe('atelier batch', () => {
  it('does to others what atelier edit did to one', () =>
    inEmptyFolder(async (list) => {
      await mkdir('a');
      await writeSmall('a/coffee.png', 'coffee.png', 180);
      await writeSmall('a/other.png', 'coffee.png', 240);
      await runCli(['edit', 'a/coffee.png', 'make the cup blue', '--recipe', 'r.json', '-o', 'one.png', '-q']);
      const { code, output } = await run('r.json', 'a', '-o', 'out');
      expect(code).toBe(exitCodes.done);
      expect(output.photos.map(({ state, verified }) => ({ state, verified }))).toEqual(
        output.photos.map(() => ({ state: 'done', verified: true })),
      );
      expect(await readFile('out/coffee.png')).toEqual(await readFile('one.png'));
      const [before, after] = [
        await decodeImage(await readFile('a/other.png')),
        await decodeImage(await readFile('out/other.png')),
      ];
      expect(after).toMatchObject({ width: 240, height: 160 });
      expect(after.id).not.toBe(before.id);
      expect(await list()).toEqual(['a', 'one.png', 'out', 'r.json']);
    }));

  it('names results once and for all, beside what is there, and goes on where photos fail', () =>
    inEmptyFolder(async () => {
      await writeCrops('a', 2);
      await mkdir('b');
      await copyFile('a/p00.png', 'b/P00.png');
      await writeFile('b/broken.png', 'no picture');
      await writeRecipe('r.json', [steps.brighten]);
      await mkdir('out');
      await writeFile('out/p01.png', 'mine');
      const { code, output, stderr } = await run('r.json', 'a', 'b/broken.png', 'missing.jpg', 'b', '-o', 'out');
      expect(code, stderr).toBe(exitCodes.failed);
      expect(output).toMatchObject({
        status: 'failure',
        error: { code: 'photos-failed' },
        counts: { photos: 5, done: 3, failed: 2, kept: 0, left: 0 },
        report: resolve('out/atelier-batch.json'),
      });
      expect(output.photos.map(({ input, output: file }) => [input, file])).toEqual([
        [resolve('a/p00.png'), resolve('out/p00.png')],
        [resolve('a/p01.png'), resolve('out/p01-2.png')],
        [resolve('b/broken.png'), null],
        [resolve('missing.jpg'), null],
        [resolve('b/P00.png'), resolve('out/P00-2.png')],
      ]);
      expect(output.photos[2].error).toMatchObject({ code: 'image-invalid', hint: expect.stringMatching(/./) });
      expect(output.photos[3]).toMatchObject({ inputSha256: null, error: { code: 'not-found' } });
      expect(await readFile('out/p01.png', 'utf8')).toBe('mine');
      const report = JSON.parse(await readFile('out/atelier-batch.json', 'utf8'));
      expect(report.photos[0]).toMatchObject({ input: '../a/p00.png', output: 'p00.png', verified: true });
      const other = await run('r.json', 'b/P00.png', 'a/p01.png', '-o', 'out');
      expect(other.output.photos).toMatchObject([
        { output: resolve('out/P00-2.png'), kept: true },
        { output: resolve('out/p01-2.png'), kept: true },
      ]);
    }));

  it('says which step failed, and does the others', () =>
    inEmptyFolder(async (list) => {
      await writeCrops('a', 1);
      await writeRecipe('r.json', [
        steps.brighten,
        { ...steps.brighten, region: 'subject', target: { phrase: 'the rocket' } },
      ]);
      const { code, output } = await run('r.json', 'a', '-o', 'out', '--lang', 'ko');
      expect(code).toBe(exitCodes.failed);
      expect(output.photos[0].error).toMatchObject({ step: 2, hint: expect.stringMatching(/[가-힣]/) });
      const text = await runCli(['batch', 'r.json', 'a', '-o', 'out', '-q']);
      expect(text.stdout).toMatch(/^Failed:\n {2}p00\.png \(step 2\): (?!Step)/m);
      expect(await list()).toEqual(['a', 'out', 'r.json']);
    }));

  it('does again only what changed: the photo, the recipe, the result, the form', () =>
    inEmptyFolder(async () => {
      await writeCrops('a', 3);
      await writeRecipe('r.json', [steps.brighten]);
      const kept = async (...more: string[]) =>
        (await run('r.json', 'a', '-o', 'out', ...more)).output.photos.map((each) => each.kept);
      expect(await kept()).toEqual([false, false, false]);
      expect(await kept()).toEqual([true, true, true]);
      await copyFile('a/p02.png', 'a/p00.png');
      await rm('out/p01.png');
      await rm('out/p02.png');
      // What a batch leaves that is killed while it writes goes; what is somebody else's stays.
      const aside = '00000000-0000-4000-8000-000000000000.tmp';
      for (const name of ['p02.png', 'notes.txt']) await writeFile(`out/${name}.${aside}`, 'half');
      expect(await kept()).toEqual([false, false, false]);
      expect(await readFile('out/p00.png')).toEqual(await readFile('out/p02.png'));
      expect((await readdir('out')).filter((name) => name.endsWith(aside))).toEqual([`notes.txt.${aside}`]);
      await copyFile('a/p01.png', 'a/p00.png');
      expect(await kept()).toEqual([false, true, true]);
      await writeRecipe('r.json', [{ ...steps.brighten, parameters: { amount: 0.1 } }]);
      expect(await kept()).toEqual([false, false, false]);
      expect(await kept('--again')).toEqual([false, false, false]);
      expect(await kept('--format', 'jpg')).toEqual([false, false, false]);
      expect((await readFile('out/p00.jpg')).subarray(0, 3).toString('latin1')).toBe('\xff\xd8\xff');
      expect(await kept('--suffix', 'light')).toEqual([false, false, false]);
      expect(await decodeImage(await readFile('out/p02-light.png'))).toMatchObject(cropSize);
      expect(await kept()).toEqual([true, true, true]);
    }));

  it('ends with 4 where a result is not verified, and takes its own results for no photos', () =>
    inEmptyFolder(async () => {
      await mkdir('a');
      // What is white cannot get brighter.
      const white = { ...cropSize, data: new Uint8Array(cropSize.width * cropSize.height * 4).fill(255) };
      await writeFile('a/white.png', (await encodeImage(white, { format: 'png' })).bytes);
      await writeRecipe('r.json', [steps.brighten]);
      const first = await run('r.json', 'a', '-o', 'a');
      const again = await run('r.json', 'a', '-o', 'a');
      expect(again.output.photos.map(({ output }) => output)).toEqual([resolve('a/white-2.png')]);
      expect(first.output.photos).toMatchObject([{ state: 'done', verified: false, reasons: [expect.any(String)] }]);
      expect([first.code, again.code]).toEqual([exitCodes.notVerified, exitCodes.notVerified]);
      expect((await runCli(['batch', 'r.json', 'a', '-o', 'a'])).stdout).toMatch(/^Not verified:\n {2}white\.png: ./m);
    }));

  it.each<[string, string, RegExp]>([
    ['no JSON', '{', /no JSON/],
    ['no recipe', '{"format":"atelier-recipe"}', /no recipe/],
    [
      'an operation that there is not',
      JSON.stringify({ format: 'atelier-recipe', version: 1, steps: [{ ...steps.brighten, operation: 'sparkle' }] }),
      /step 1: .*sparkle/,
    ],
  ])('refuses %s before any photo', (_name, text, expected) =>
    inEmptyFolder(async (list) => {
      await writeCrops('a', 1);
      await writeFile('r.json', text);
      const { code, output } = await run('r.json', 'a', '-o', 'out');
      expect(code).toBe(exitCodes.failed);
      expect(output.error).toMatchObject({ code: 'invalid-input', message: expect.stringMatching(expected) });
      expect(await list()).toEqual(['a', 'r.json']);
    }),
  );

  it('stays out of a folder that another batch writes into', () =>
    inEmptyFolder(async () => {
      await writeCrops('a', 3);
      await writeRecipe('r.json', [steps.brighten]);
      await mkdir('out');
      const lock = await lockFolder('out', 'out');
      const refused = await run('r.json', 'a', '-o', 'out', '--lang', 'ko');
      expect(refused.code).toBe(exitCodes.failed);
      expect(refused.output.error).toMatchObject({
        code: 'conflict',
        isRetryable: true,
        hint: expect.stringContaining('-o'),
        details: { pid: process.pid },
      });
      expect((await readdir('out')).filter((name) => !name.endsWith('.lock'))).toEqual([]);
      expect(refused.stderr).toMatch(/^오류: 다른 일괄 작업.*out/m);
      await lock.release();
      const both = await Promise.all([run('r.json', 'a', '-o', 'out'), run('r.json', 'a', '-o', 'out')]);
      expect(both.flatMap(({ output }) => output.photos.map(({ kept }) => kept)).filter((kept) => !kept)).toHaveLength(
        3,
      );
      expect((await readdir('out')).sort()).toEqual([
        '.atelier-batch.jsonl',
        'atelier-batch.json',
        'p00.png',
        'p01.png',
        'p02.png',
      ]);
    }));
});
