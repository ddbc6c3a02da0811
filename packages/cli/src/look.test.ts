import { readFile } from 'node:fs/promises';
import { decodeImage, Mask } from '@atelier/sdk/image';
import { describe, expect, it } from 'vitest';
import { inEmptyFolder, jsonOf, photo, runCli } from './__fixtures__/run-cli.ts';
import { writeSmall } from './__fixtures__/small-photos.ts';
import { exitCodes } from './exit-codes.ts';

const decodeFile = async (path: string) => decodeImage(await readFile(path));

describe('atelier ask', () => {
  it('counts the cups', async () => {
    const result = await runCli(['ask', photo('two-cups.png'), 'how many cups are there?', '--json', '-q']);
    expect(result.code, result.stdout).toBe(exitCodes.done);
    const output = jsonOf(result, 'ask');
    expect(output.answer).toMatch(/\b(2|two)\b/i);
    expect(output).toMatchObject({ status: 'success', backend: 'local', backends: ['local'] });
  });

  it('answers in the language that --lang names, on standard output alone', async () => {
    const result = await runCli(['ask', photo('coffee.png'), 'how many cups are there?', '--lang', 'ko', '-q']);
    expect(result).toMatchObject({ code: exitCodes.done, stderr: '' });
    expect(result.stdout).toMatch(/\p{Script=Hangul}.*\n$/u);
    expect(result.stdout).toMatch(/1|한/);
  });
});

describe('atelier detect', () => {
  it('prints a table and writes no file', () =>
    inEmptyFolder(async (list) => {
      const result = await runCli(['detect', photo('two-cups.png'), 'the cup on the right']);
      expect(result.code).toBe(exitCodes.done);
      const [title, row, ...rest] = result.stdout.trimEnd().split('\n');
      expect(title).toMatch(/^# +Label +Score +Box/);
      expect(row).toMatch(/^1 +cup +\d+ % +\d+, \d+, \d+, \d+$/);
      expect(Number(row.match(/(\d+), /)?.[1])).toBeGreaterThan(600);
      expect(rest).toEqual([]);
      expect(await list()).toEqual([]);
    }));

  it('writes the numbered picture, and reports what passes the threshold', () =>
    inEmptyFolder(async () => {
      const result = await runCli(['detect', photo('two-cups.png'), 'cup', 'dog', '-o', 'seen.png', '--json']);
      const { detections, notFound, overlay, image } = jsonOf(result, 'detect');
      expect(notFound).toEqual(['dog']);
      expect(detections).toHaveLength(2);
      const drawn = await decodeFile(overlay ?? '');
      expect(drawn.id).not.toBe(image?.id);
      const between = (detections[0].score + detections[1].score) / 2;
      const stricter = await runCli([
        'detect',
        photo('two-cups.png'),
        'cup',
        '--threshold',
        between.toFixed(4),
        '--json',
      ]);
      expect(jsonOf(stricter, 'detect').detections).toEqual([detections[0]]);
    }));

  it('says of several phrases which row answers which, and which nothing answers to', async () => {
    const argv = ['detect', photo('two-cups.png'), 'the left cup', 'dog', 'the right cup', 'cat'];
    const text = await runCli([...argv, '-q']);
    const [title, ...rows] = text.stdout.trimEnd().split('\n');
    expect(title).toMatch(/^# +Phrase +Label +Score +Box/);
    const byPhrase = rows
      .slice(0, 2)
      .map((row) => row.replace(/^\d +/, ''))
      .sort();
    expect(byPhrase).toEqual([
      expect.stringMatching(/^the left cup +cup +\d+ % /),
      expect.stringMatching(/^the right cup +cup +\d+ % /),
    ]);
    expect(rows.slice(2)).toEqual(['', 'not found: dog, cat']);
    const korean = await runCli(['detect', photo('coffee.png'), '개', '고양이', '-q']);
    expect(korean.stdout).toBe('찾지 못함: 개, 고양이\n');
  });

  it('ends with 3 for a word that no backend knows', async () => {
    const result = await runCli(['detect', photo('coffee.png'), 'unicorn', '--json']);
    expect(result.code).toBe(exitCodes.unable);
    expect(jsonOf(result, 'detect').error?.code).toBe('phrase-unknown');
  });
});

describe('atelier segment', () => {
  it('writes the cut-out, the mask and the overlay, which agree with the JSON', () =>
    inEmptyFolder(async (list) => {
      const files = ['-o', 'cut.png', '--mask', 'mask.png', '--overlay', 'over.png', '--choice', '1', '--lang', 'ko'];
      const result = await runCli(['segment', photo('coffee.png'), 'the cup', ...files, '--json']);
      expect(result.code, result.stderr).toBe(exitCodes.done);
      expect(result.stderr).toMatch(/^참고: --choice는 필요하지 않았습니다$/m);
      expect(await list()).toEqual(['cut.png', 'mask.png', 'over.png']);
      const output = jsonOf(result, 'segment');
      const mask = output.mask && Mask.fromRle(output.mask);
      expect(mask?.area).toBe(output.area);
      expect(mask?.bounds).toEqual(output.box);
      const [original, cut, black] = await Promise.all([photo('coffee.png'), 'cut.png', 'mask.png'].map(decodeFile));
      const wrong = mask?.data.findIndex((inside, pixel) => {
        const at = pixel * 4;
        const expected = inside ? [...original.data.subarray(at, at + 3), 255] : [0, 0, 0, 0];
        const white = inside ? 255 : 0;
        return expected.some((value, channel) => cut.data[at + channel] !== value) || black.data[at] !== white;
      });
      expect(wrong).toBe(-1);
    }));

  it('writes PHOTO-cutout.png from points when no file is named', () =>
    inEmptyFolder(async (list) => {
      const result = await runCli([
        'segment',
        photo('coffee.png'),
        '--box',
        '165,21,245,238',
        '--not-point',
        '100,300',
        '-q',
      ]);
      expect(result.code, result.stderr).toBe(exitCodes.done);
      expect(result.stdout).toMatch(/Written +coffee-cutout\.png/);
      expect(await list()).toEqual(['coffee-cutout.png']);
    }));

  it('asks at a terminal which one is meant, and takes the picture with the numbers away again', () =>
    inEmptyFolder(async (list) => {
      const listings: Promise<string[]>[] = [];
      const answers = ['7\n', '2\n'];
      const onStderr = (text: string, stdin: NodeJS.WritableStream) => {
        if (!text.endsWith('Number (Enter to cancel): ')) return;
        listings.push(list());
        stdin.write(answers.shift() ?? '\n');
      };
      await writeSmall('cups.png', 'two-cups.png', 600);
      const result = await runCli(['segment', 'cups.png', 'the cup', '--mask', 'm.png'], {
        columns: 100,
        onStderr,
      });
      expect(result.code, result.stderr).toBe(exitCodes.done);
      expect(result.stderr).toMatch(/2 things could be "the cup"/);
      expect(result.stderr).toMatch(/Type a number from 1 to 2/);
      expect((await Promise.all(listings))[0]).toEqual(['cups-which.png', 'cups.png']);
      expect(await list()).toEqual(['cups.png', 'm.png']);
      expect(Number(result.stdout.match(/height\).*?(\d+),/)?.[1])).toBeGreaterThan(300);
    }));

  it.each([
    ['an empty line', (stdin: NodeJS.WritableStream) => stdin.write('\n')],
    ['the end of the input', (stdin: NodeJS.WritableStream) => stdin.end()],
  ])('is cancelled by %s', (_name, act) =>
    inEmptyFolder(async (list) => {
      const onStderr = (text: string, stdin: NodeJS.WritableStream) => {
        if (text.endsWith('Number (Enter to cancel): ')) act(stdin);
      };
      await writeSmall('cups.png', 'two-cups.png', 600);
      const result = await runCli(['segment', 'cups.png', 'the cup'], { columns: 100, onStderr });
      expect(result).toMatchObject({ code: exitCodes.interrupted, stdout: '' });
      expect(result.stderr).toMatch(/Cancelled\.\n$/);
      expect(await list()).toEqual(['cups.png']);
    }),
  );
});
