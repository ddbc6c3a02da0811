import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { recipeSchema } from '@atelier/sdk';
import { cropPixels, decodeImage } from '@atelier/sdk/image';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inEmptyFolder, jsonOf, photo, runCli } from './__fixtures__/run-cli.ts';
import { writeSmall } from './__fixtures__/small-photos.ts';
import { exitCodes } from './exit-codes.ts';
import { askLine } from './terminal/prompt.ts';

/** Outside the folders that the tests work in, as photos usually are. */
let [shelf, coffee] = ['', ''];
beforeAll(async () => {
  shelf = await mkdtemp(join(tmpdir(), 'atelier-photos-'));
  coffee = join(shelf, 'coffee.png');
  await writeSmall(coffee, 'coffee.png', 180);
});
afterAll(() => rm(shelf, { recursive: true, force: true }));

const decodeFile = async (path: string) => decodeImage(await readFile(path));
const run = async (...argv: string[]) => jsonOf(await runCli(['edit', ...argv, '--json']), 'edit');

describe('--session', () => {
  it('goes on with the picture, undoes, and begins anew with a photo that is named again', () =>
    inEmptyFolder(async (list) => {
      const before = await decodeFile(coffee);
      const first = await run(coffee, 'brighten the picture', '--session', 'tea');
      expect(first).toMatchObject({ status: 'success', session: 'tea', output: resolve('coffee-edited.png') });
      const second = await run('blur the picture', '--session', 'tea');
      expect(second.output).toBe(resolve('tea-edited.png'));
      expect(second.edits[0].receipt.before).toBe(first.image?.id);
      const undone = await run('undo', 'that', '--session', 'tea', '-o', 'undone.png');
      expect(undone).toMatchObject({ status: 'success', image: { id: first.image?.id }, edits: [] });
      expect((await decodeFile('undone.png')).id).toBe(first.image?.id);
      const anew = await run(coffee, 'blur the picture', '--session', 'tea', '-o', 'anew.png');
      expect(anew.edits[0].receipt.before).toBe(before.id);
      expect(await list()).toEqual(['.atelier', 'anew.png', 'coffee-edited.png', 'tea-edited.png', 'undone.png']);
    }));

  it('lies in ATELIER_DIR, and says which sessions there are nearly', () =>
    inEmptyFolder(async (list) => {
      const env = { ATELIER_DIR: 'kept' };
      await runCli(['edit', coffee, 'brighten the picture', '--session', 'tea', '-q'], { env });
      expect(await list()).toEqual(['coffee-edited.png', 'kept']);
      expect(await readdir(join('kept', 'sessions', 'default'))).toEqual(['tea']);
      const wrong = await runCli(['edit', 'undo that', '--session', 'tae'], { env });
      expect(wrong).toMatchObject({ code: exitCodes.badUsage, stdout: '' });
      expect(wrong.stderr).toMatch(/no session "tae" in kept\nhint: did you mean tea\?/);
      await writeFile('file', '');
      const closed = await runCli(['edit', coffee, 'x', '--session', 'tea', '--json'], {
        env: { ATELIER_DIR: 'file' },
      });
      expect(jsonOf(closed, 'edit').error).toMatchObject({ code: 'output-not-writable', details: { path: 'file' } });
    }));

  it('takes the first word for a photo only where it is one', () =>
    inEmptyFolder(async () => {
      await copyFile(coffee, 'brighten');
      const photoFirst = await run('brighten', 'blur the picture', '--session', 'a');
      expect(photoFirst).toMatchObject({ status: 'success', output: resolve('brighten-edited.png') });
      const missing = await run('missing.png', 'blur the picture', '--session', 'a');
      expect(missing.error?.code).toBe('not-found');
    }));
});

describe('--recipe', () => {
  it('writes what led to the picture, in words, and what was protected; nothing where nothing was edited', () =>
    inEmptyFolder(async (list) => {
      const said = await runCli(['edit', coffee, 'brighten the picture', '--recipe', 'r.json', '--protect', '0,0,9,9']);
      expect(said.code, said.stderr).toBe(exitCodes.done);
      expect(said.stdout).toMatch(/^Recipe +r\.json$/m);
      const recipe = recipeSchema.parse(JSON.parse(await readFile('r.json', 'utf8')));
      expect(recipe).toMatchObject({
        protect: [{ box: { x: 0, y: 0, width: 9, height: 9 }, size: { width: 180, height: 120 } }],
        steps: [{ tool: 'adjust_image', operation: 'brighten', region: 'everything' }],
      });
      const none = await runCli(['edit', coffee, 'how many cups are there?', '--recipe', 'none.json', '-q', '--json']);
      expect(jsonOf(none, 'edit').recipe).toBeNull();
      expect(none.stderr).toBe('note: no recipe was written: there is no edit to write down\n');
      expect(await list()).toEqual(['coffee-edited.png', 'r.json']);
      await writeFile('mine.json', '{"name":"mine"}');
      for (const [name, problem] of [
        ['mine.json', 'not-recipe'],
        ['coffee-edited.png', 'not-recipe'],
        ['nowhere/r.json', 'no-folder'],
      ]) {
        const refused = await runCli(['edit', coffee, 'brighten the picture', '--recipe', name, '--json', '-q']);
        expect(jsonOf(refused, 'edit').error).toMatchObject({
          code: 'output-not-writable',
          details: { path: name, problem },
        });
        expect(refused.stderr).not.toContain('done:');
      }
      expect(await readFile('mine.json', 'utf8')).toBe('{"name":"mine"}');
      await writeFile('empty.json', '');
      // An older recipe and an empty file hold nothing that anybody would miss.
      for (const name of ['r.json', 'empty.json']) {
        expect((await run(coffee, 'blur the picture', '--recipe', name)).recipe).toBe(resolve(name));
        expect(recipeSchema.parse(JSON.parse(await readFile(name, 'utf8'))).steps).toMatchObject([
          { operation: 'blur' },
        ]);
      }
    }));
});

describe('--protect', () => {
  it('keeps every pixel of a box and of faces, and counts them', () =>
    inEmptyFolder(async () => {
      const astronaut = photo('astronaut.png');
      const result = await runCli([
        'edit',
        astronaut,
        'brighten the picture',
        '--protect',
        'faces,0,0,30,40',
        '-o',
        'a.png',
      ]);
      expect(result.code, result.stderr).toBe(exitCodes.done);
      expect(result.stdout).toMatch(/^Protected +1 face, 1 box \(\d+ pixels\); changed: 0$/m);
      const [before, after] = [await decodeFile(astronaut), await decodeFile('a.png')];
      const box = { x: 0, y: 0, width: 30, height: 40 };
      expect(cropPixels(after, box).data).toEqual(cropPixels(before, box).data);
      expect(after.id).not.toBe(before.id);
    }));

  it('stays in a session until it is lifted', () =>
    inEmptyFolder(async () => {
      const protectedBy = async (...argv: string[]) =>
        (await run(...argv, '--session', 's')).edits.map(({ receipt }) => receipt.protected?.rules);
      const rules = [{ kind: 'box', found: 1 }];
      expect(await protectedBy(coffee, 'brighten the picture', '--protect', '5,5,20,20')).toEqual([rules]);
      expect(await protectedBy('blur the picture')).toEqual([rules]);
      expect(await protectedBy('brighten the picture', '--protect', 'none')).toEqual([undefined]);
    }));
});

describe('--approve edits', () => {
  const request = () => ['edit', coffee, 'brighten the picture', '--approve', 'edits', '-o', 'out.png'];
  const answering = (act: (stdin: NodeJS.WritableStream, asked: number) => void) => ({
    columns: 80,
    onStderr: (text: string, stdin: NodeJS.WritableStream) => {
      const question = 'y or n (Enter: no): ';
      if (text.endsWith(question)) act(stdin, text.split(question).length - 1);
    },
  });

  it('asks at the terminal, and does it after a yes', () =>
    inEmptyFolder(async (list) => {
      const result = await runCli(
        request(),
        answering((stdin) => stdin.write('y\n')),
      );
      expect(result.code, result.stderr).toBe(exitCodes.done);
      expect(result.stderr).toMatch(/^May I\? adjust_image \(operation: brighten.*\)$/m);
      expect(await list()).toEqual(['out.png']);
    }));

  it.each<[string, (stdin: NodeJS.WritableStream) => void]>([
    ['n', (stdin) => stdin.write('n\n')],
    ['Enter', (stdin) => stdin.write('\n')],
    ['Ctrl-D', (stdin) => stdin.end()],
  ])('takes %s for a no, asks once, and writes nothing', (_key, act) =>
    inEmptyFolder(async (list) => {
      const result = await runCli(request(), answering(act));
      expect(result).toMatchObject({ code: exitCodes.failed, stdout: '' });
      expect(result.stderr.match(/May I\?/g)).toHaveLength(1);
      expect(result.stderr).toMatch(/^.*error:.* Not done: you said no to “.+”\.$/m);
      expect(result.stderr).toMatch(/answer y\.$/m);
      expect(await list()).toEqual([]);
    }),
  );

  it('ends by Ctrl-C like any command, and asks again after what is neither yes nor no', () =>
    inEmptyFolder(async (list) => {
      const stop = new AbortController();
      const result = await runCli(request(), {
        ...answering((stdin, asked) => (asked === 1 ? stdin.write('perhaps\n') : stop.abort())),
        signal: stop.signal,
      });
      expect(result).toMatchObject({ code: exitCodes.interrupted, stdout: '' });
      expect(result.stderr).toMatch(/no\): \nCancelled\.\n$/);
      expect(await list()).toEqual([]);
    }));

  it('gets no further answer from an input that has ended', async () => {
    const stdin = new PassThrough();
    const written: string[] = [];
    const stderr = { write: (text: string) => written.push(text) };
    const isTty = { stdin: true, stdout: true, stderr: true };
    const io = { stdin, stdout: stderr, stderr, env: {}, isTty, signal: new AbortController().signal };
    const first = askLine(io, 'May I? ');
    stdin.end();
    expect(await first).toBeUndefined();
    expect(await askLine(io, 'And now? ')).toBeUndefined();
    expect(written.join('')).toBe('May I? \nAnd now? \n');
  });

  it('does nothing where nobody can answer, and says how somebody could', () =>
    inEmptyFolder(async (list) => {
      const nobody = await runCli([...request(), '--json']);
      expect(nobody.code).toBe(exitCodes.failed);
      expect(jsonOf(nobody, 'edit').error).toMatchObject({
        code: 'not-approved',
        hint: 'Run it at a terminal and without --json, or leave out --approve edits.',
      });
      expect(await list()).toEqual([]);
    }));

  it('shows the place that would change, and takes the picture away again', () =>
    inEmptyFolder(async (list) => {
      const asked: string[] = [];
      const result = await runCli(['edit', coffee, '컵을 파랗게 칠해 줘', '--approve', 'edits', '-o', 'out.png'], {
        columns: 80,
        onStderr: (text, stdin) => {
          if (!text.endsWith('(Enter: 아니요): ')) return;
          asked.push(/바뀔 곳을 표시한 사진: (\S+)/.exec(text)?.[1] ?? '');
          stdin.write('네\n');
        },
      });
      expect(result.code, result.stderr).toBe(exitCodes.done);
      expect(result.stderr).toMatch(/^해도 될까요\? adjust_image/m);
      expect(asked).toEqual(['coffee-which.png']);
      expect(await list()).toEqual(['out.png']);
    }));
});

describe('--max-steps and --max-seconds', () => {
  it('end a run that takes longer, with nothing written', () =>
    inEmptyFolder(async (list) => {
      for (const [option, most] of [
        ['--max-steps', '1'],
        ['--max-seconds', '0.01'],
      ]) {
        expect((await run(coffee, 'remove the cup', option, most)).error).toMatchObject({
          code: 'budget-exceeded',
          hint: expect.stringContaining(`raise ${option}.`),
        });
      }
      expect(await list()).toEqual([]);
    }));
});
