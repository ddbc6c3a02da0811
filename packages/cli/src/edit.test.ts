import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { decodeImage, encodeImage, Mask } from '@atelier/sdk/image';
import { describe, expect, it } from 'vitest';
import { inEmptyFolder, jsonOf, photo, runCli } from './__fixtures__/run-cli.ts';
import { writeSmall } from './__fixtures__/small-photos.ts';
import { exitCodes } from './exit-codes.ts';

const decodeFile = async (path: string) => decodeImage(await readFile(path));

describe('atelier edit', () => {
  it('removes the cup, writes a picture that is unchanged outside the mask, and says so in JSON', () =>
    inEmptyFolder(async (list) => {
      await writeFile('coffee-edited.png', 'mine');
      const result = await runCli(['edit', photo('coffee.png'), 'remove', 'the', 'cup', '--json']);
      expect(result.code, result.stderr).toBe(exitCodes.done);
      const output = jsonOf(result, 'edit');
      expect(await list()).toEqual(['coffee-edited-2.png', 'coffee-edited.png']);
      expect(await readFile('coffee-edited.png', 'utf8')).toBe('mine');
      expect(output).toMatchObject({ status: 'success', verified: true, brain: 'planner', backends: ['local'] });
      expect(output.output).toBe(resolve('coffee-edited-2.png'));
      expect(output.output_image_url).toBe(pathToFileURL('coffee-edited-2.png').href);
      const [before, after] = [await decodeFile(photo('coffee.png')), await decodeFile('coffee-edited-2.png')];
      expect(output.image).toEqual({ id: after.id, width: before.width, height: before.height });
      const [edit] = output.edits;
      expect(output.edits).toHaveLength(1);
      expect(edit.receipt).toMatchObject({ changedOutsideMask: 0, encoding: 'lossless', after: after.id });
      const [mask, selected] = [edit.mask, edit.selected].map((rle) => rle && Mask.fromRle(rle));
      expect(mask?.area).toBe(edit.receipt.areas.edited);
      expect(selected?.area).toBe(edit.receipt.areas.selected);
      const changed = { inside: 0, outside: 0 };
      for (let pixel = 0; pixel < before.width * before.height; pixel++) {
        const same = [0, 1, 2, 3].every(
          (channel) => before.data[pixel * 4 + channel] === after.data[pixel * 4 + channel],
        );
        if (!same) changed[mask?.data[pixel] ? 'inside' : 'outside']++;
      }
      expect(changed.outside).toBe(0);
      expect(changed.inside).toBe(edit.receipt.changedInsideMask);
    }));

  it('answers in Korean, tells what it does on standard error, and calls a JPEG lossy', () =>
    inEmptyFolder(async (list) => {
      await writeSmall('coffee.png', 'coffee.png', 180);
      const result = await runCli(['edit', 'coffee.png', '사진을 밝게 하고 흐리게 해 줘', '-o', 'out.jpg']);
      expect(result.code, result.stderr).toBe(exitCodes.done);
      expect(await list()).toEqual(['coffee.png', 'out.jpg']);
      expect((await readFile('out.jpg')).subarray(0, 3).toString('latin1')).toBe('\xff\xd8\xff');
      expect(result.stdout).toMatch(/사진.*밝게/);
      expect(result.stdout).toMatch(/out\.jpg \(180 x 120\)/);
      expect(result.stdout).toMatch(/손실 압축\(JPEG\)/);
      expect(result.stderr).toMatch(/계획: /);
      expect(result.stderr.match(/^완료: .* \(\d+\.\d s\)$/gm)?.length).toBeGreaterThanOrEqual(2);
    }));

  it('fails with the candidates where two cups could be meant, and draws them where asked', () =>
    inEmptyFolder(async (list) => {
      const result = await runCli([
        'edit',
        photo('two-cups.png'),
        'remove the cup',
        '--overlay',
        'which.png',
        '--json',
      ]);
      expect(result.code).toBe(exitCodes.failed);
      const { error, output, status } = jsonOf(result, 'edit');
      expect({ output, status }).toEqual({ output: null, status: 'failure' });
      expect(error).toMatchObject({ code: 'choice-needed', overlay: resolve('which.png') });
      expect(error?.message).toBe('2 things could be "the cup". Which one?');
      expect(error?.hint).toMatch(/--choice NUMBER.*the left one/);
      expect(error?.details?.candidates?.map(({ number, label }) => `${number} ${label}`)).toEqual(['1 cup', '2 cup']);
      expect(await list()).toEqual(['which.png']);
      expect(await decodeFile('which.png')).toMatchObject({ width: 1200, height: 400 });
    }));

  it('changes the cup that --choice names, and does not call the choice unneeded', () =>
    inEmptyFolder(async () => {
      await writeSmall('cups.png', 'two-cups.png', 600);
      const argv = ['edit', 'cups.png', 'make the cup blue', '--choice', '2', '-o', 'a.webp', '--json', '-q'];
      const result = await runCli(argv);
      expect(result).toMatchObject({ code: exitCodes.done, stderr: '' });
      const [edit] = jsonOf(result, 'edit').edits;
      expect(Mask.fromRle(edit.mask).bounds?.x).toBeGreaterThan(300);
      expect((await decodeFile('a.webp')).id).toBe(edit.receipt.after);
    }));

  it('offers what it sees where nothing matches, and writes nothing', () =>
    inEmptyFolder(async (list) => {
      const result = await runCli(['edit', photo('chelsea.png'), 'remove the cat']);
      expect(result.code).toBe(exitCodes.failed);
      expect(result.stdout).toBe('');
      expect(result.stderr).toMatch(/^error: I do not see "the cat"\. I see a dog, \d+ %\. That one\?$/m);
      expect(result.stderr).toMatch(/^1 +dog +\d+ %/m);
      expect(result.stderr).toMatch(/^hint: Answer with --choice 1\.$/m);
      expect(result.stderr).not.toMatch(/^\s+at /m);
      expect(await list()).toEqual([]);
    }));

  it('ends with 3 where no backend can paint', () =>
    inEmptyFolder(async (list) => {
      const result = await runCli(['edit', photo('chelsea.png'), 'replace the dog with a rabbit', '--json']);
      expect(result.code).toBe(exitCodes.unable);
      expect(jsonOf(result, 'edit').error?.code).toBe('capability-unavailable');
      expect(await list()).toEqual([]);
    }));

  it('writes what it could not confirm, and ends with 4', () =>
    inEmptyFolder(async (list) => {
      // White but for a dot: the dot gets lighter, the picture as a whole too little to call it brighter.
      const data = new Uint8Array(64 * 48 * 4).fill(255);
      data.set([0, 0, 0], 400);
      await writeFile('dot.png', (await encodeImage({ width: 64, height: 48, data }, { format: 'png' })).bytes);
      const result = await runCli(['edit', 'dot.png', 'brighten the picture', '--json']);
      expect(result.code, result.stdout).toBe(exitCodes.notVerified);
      const output = jsonOf(result, 'edit');
      expect(output).toMatchObject({ status: 'success', verified: false, output: resolve('dot-edited.png') });
      expect(output.edits[0].verified).toMatchObject({ ok: false, reason: expect.stringMatching(/./) });
      expect(output.edits[0].receipt.changedInsideMask).toBeGreaterThan(0);
      expect(await list()).toEqual(['dot-edited.png', 'dot.png']);
    }));

  it('ends with 4 where no pixel changed: with a file only where one was named', () =>
    inEmptyFolder(async (list) => {
      const white = { width: 64, height: 48, data: new Uint8Array(64 * 48 * 4).fill(255) };
      await writeFile('white.png', (await encodeImage(white, { format: 'png' })).bytes);
      const request = ['edit', 'white.png', 'brighten the picture'];
      const result = await runCli([...request, '--json']);
      expect(result.code).toBe(exitCodes.notVerified);
      const { answer, edits, output } = jsonOf(result, 'edit');
      expect(answer).not.toMatch(/I (?:changed|brightened|made)/);
      expect({ output, verified: edits[0].verified.ok }).toEqual({ output: null, verified: false });
      expect(edits[0]).toMatchObject({ label: null, operation: 'brighten', receipt: { changedInsideMask: 0 } });
      expect(edits[0].selected && Mask.fromRle(edits[0].selected).area).toBe(64 * 48);
      expect((await runCli(request)).stdout).toMatch(/^Written +no file: no pixel changed$/m);
      expect(await list()).toEqual(['white.png']);
      const named = await runCli([...request, '-o', 'out.png', '--json']);
      expect(named.code).toBe(exitCodes.notVerified);
      expect((await decodeFile('out.png')).id).toBe(jsonOf(named, 'edit').image?.id);
    }));

  it('answers a question without writing a file', () =>
    inEmptyFolder(async (list) => {
      const result = await runCli(['edit', photo('two-cups.png'), 'how many cups are there?', '--quiet']);
      expect(result).toMatchObject({ code: exitCodes.done, stderr: '' });
      expect(result.stdout).toMatch(/\b(2|two)\b/i);
      expect(await list()).toEqual([]);
    }));

  it('leaves nothing behind when it is interrupted', () =>
    inEmptyFolder(async (list) => {
      const stop = new AbortController();
      const onStderr = (text: string) => {
        if (text.includes('done:')) stop.abort();
      };
      const result = await runCli(['edit', photo('coffee.png'), 'remove the cup', '--json'], {
        signal: stop.signal,
        onStderr,
      });
      expect(result.code).toBe(exitCodes.interrupted);
      expect(jsonOf(result, 'edit')).toMatchObject({ status: 'cancelled', output: null, error: { code: 'cancelled' } });
      expect(await list()).toEqual([]);
    }));
});
