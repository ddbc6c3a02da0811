import { appendFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { steps, writeCrops, writeRecipe } from './__fixtures__/batch-photos.ts';
import { inEmptyFolder, jsonOf, runCli } from './__fixtures__/run-cli.ts';
import { journalName } from './commands/batch/journal.ts';
import { exitCodes } from './exit-codes.ts';

const run = async (...more: string[]) => {
  const result = await runCli(['batch', 'r.json', 'a', '-o', 'out', ...more, '--json']);
  return { code: result.code, ...jsonOf(result, 'batch') };
};
const journal = `out/${journalName}`;
/** Text, as a difference of bytes is shown byte by byte. */
const pixelsOf = async (path: string) => (await readFile(path)).toString('base64');
const linesOf = async (kind: string) =>
  (await readFile(journal, 'utf8')).split('\n').filter((line) => line.startsWith(`{"kind":"${kind}"`));
const stronger = { ...steps.brighten, parameters: { amount: 0.3 } };
const notOurs = { state: 'failed', error: { code: 'output-not-writable', hint: expect.stringContaining('--again') } };

describe("what is in a batch's folder and was not written by it", () => {
  it('stays where a result was changed by hand, until it is moved or --again is said', () =>
    inEmptyFolder(async () => {
      await writeCrops('a', 2);
      await writeRecipe('r.json', [steps.brighten]);
      await run();
      const made = await pixelsOf('out/p00.png');
      await writeFile('out/p00.png', 'retouched');
      const again = await run();
      expect(again.code).toBe(exitCodes.failed);
      expect(again.photos).toMatchObject([notOurs, { state: 'done', kept: true }]);
      // A new recipe is no reason either.
      await writeRecipe('r.json', [stronger]);
      expect((await run()).photos).toMatchObject([notOurs, { state: 'done', kept: false }]);
      await writeRecipe('r.json', [steps.brighten]);
      expect(await readFile('out/p00.png', 'utf8')).toBe('retouched');
      const korean = await runCli(['batch', 'r.json', 'a', '-o', 'out', '-q', '--lang', 'ko']);
      expect(korean.stdout).toMatch(/p00\.png: .*일괄 작업이 만든 파일이 아닙니다[\s\S]*--again/);
      await rename('out/p00.png', 'out/p00-retouched.png');
      expect((await run()).photos).toMatchObject([{ state: 'done', kept: false }, { kept: true }]);
      expect(await pixelsOf('out/p00.png')).toBe(made);
      expect(await readFile('out/p00-retouched.png', 'utf8')).toBe('retouched');
      await writeFile('out/p00.png', 'retouched');
      expect((await run('--again')).counts).toMatchObject({ done: 2, kept: 0, failed: 0 });
      expect(await pixelsOf('out/p00.png')).toBe(made);
    }));

  it('stays where it took the name of a photo that had failed', () =>
    inEmptyFolder(async () => {
      await writeCrops('a', 1);
      const photo = await readFile('a/p00.png');
      await writeRecipe('r.json', [steps.brighten]);
      await writeFile('a/p00.png', 'no picture');
      expect((await run()).counts).toMatchObject({ failed: 1 });
      await writeFile('out/p00.png', 'mine');
      await writeFile('a/p00.png', photo);
      expect((await run()).photos).toMatchObject([notOurs]);
      await rm('out/p00.png');
      await mkdir('out/p00.png');
      expect((await run()).photos).toMatchObject([notOurs]);
    }));

  it('is told from a result that a batch was killed at, at any moment', () =>
    inEmptyFolder(async () => {
      await writeCrops('a', 1);
      await writeRecipe('r.json', [steps.brighten]);
      await run();
      const [[name], [oldLine], old] = [await linesOf('name'), await linesOf('done'), await pixelsOf('out/p00.png')];
      await writeRecipe('r.json', [stronger]);
      await run();
      const [newLine] = await linesOf('done');
      const [whole, made] = [await readFile(journal, 'utf8'), await pixelsOf('out/p00.png')];
      const states: [string, readonly string[], string | undefined, boolean][] = [
        ['before the line', [oldLine], old, false],
        ['after the line', [oldLine, newLine], old, false],
        ['after the line, the first time', [newLine], undefined, false],
        ['after the rename', [oldLine, newLine], made, true],
        ['after the rename, and the line was lost', [], made, false],
      ];
      for (const [moment, lines, file, kept] of states) {
        await writeFile(journal, [name, ...lines, ''].join('\n'));
        if (file) await writeFile('out/p00.png', file, 'base64');
        else await rm('out/p00.png');
        // Two runs: the first must not forget what the second needs.
        for (const isFirst of [true, false]) {
          const { photos } = await run();
          expect(photos, moment).toMatchObject([{ state: 'done', kept: kept || !isFirst }]);
          expect(await pixelsOf('out/p00.png'), moment).toBe(made);
          expect(await readFile(journal, 'utf8'), moment).toBe(whole);
        }
      }
    }));

  it('stays where the journal leads out of the folder', () =>
    inEmptyFolder(async () => {
      await writeCrops('a', 1);
      await writeRecipe('r.json', [steps.brighten]);
      await run();
      const line = (await linesOf('name'))[0];
      await writeFile('victim.png', 'mine');
      await appendFile(journal, `${line.replace('"p00.png"}', '"../victim.png"}')}\n`);
      expect((await run('--again')).counts).toMatchObject({ done: 1 });
      expect(await readFile('victim.png', 'utf8')).toBe('mine');
    }));

  it('is looked for in a journal that can be read, or nothing is done', () =>
    inEmptyFolder(async () => {
      await writeCrops('a', 1);
      await writeRecipe('r.json', [steps.brighten]);
      await mkdir(journal, { recursive: true });
      const { code, error } = await run();
      expect(code).toBe(exitCodes.failed);
      expect(error).toMatchObject({ code: 'not-allowed', details: { path: expect.stringContaining(journalName) } });
    }));

  it('is not written over by the result of a hidden photo, which finds its file again', () =>
    inEmptyFolder(async () => {
      await writeCrops('a', 1);
      await rename('a/p00.png', 'a/.p.png');
      await writeRecipe('r.json', [steps.brighten]);
      const outputs = [];
      for (let time = 0; time < 2; time++) {
        const result = await runCli(['batch', 'r.json', 'a/.p.png', '-o', 'out', '--json']);
        outputs.push(jsonOf(result, 'batch').photos[0]);
      }
      expect(outputs).toMatchObject([
        { output: expect.stringMatching(/\/p\.png$/), kept: false },
        { output: expect.stringMatching(/\/p\.png$/), kept: true },
      ]);
    }));
});
