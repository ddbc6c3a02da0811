import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { recipeSchema } from '@atelier/sdk';
import { cropPixels, decodeImage } from '@atelier/sdk/image';
import { describe, expect, it } from 'vitest';
import { inEmptyFolder, jsonOf, photo, runCli } from './__fixtures__/run-cli.ts';
import { exitCodes } from './exit-codes.ts';

const coffee = photo('coffee.png');
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
        protect: [{ box: { x: 0, y: 0, width: 9, height: 9 }, size: { width: 600, height: 400 } }],
        steps: [{ tool: 'adjust_image', operation: 'brighten', region: 'everything' }],
      });
      const none = await runCli(['edit', coffee, 'how many cups are there?', '--recipe', 'none.json', '-q', '--json']);
      expect(jsonOf(none, 'edit').recipe).toBeNull();
      expect(none.stderr).toBe('note: no recipe was written: nothing was edited\n');
      expect(await list()).toEqual(['coffee-edited.png', 'r.json']);
      const nowhere = await run(coffee, 'brighten the picture', '--recipe', 'nowhere/r.json');
      expect(nowhere.error?.code).toBe('output-not-writable');
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
  const request = ['edit', coffee, 'brighten the picture', '--approve', 'edits', '-o', 'out.png'];
  const answering = (line: string) => ({
    columns: 80,
    onStderr: (text: string, stdin: NodeJS.WritableStream) => {
      if (text.endsWith('y or n (Enter: no): ')) stdin.write(`${line}\n`);
    },
  });

  it('asks at the terminal, and does it after a yes', () =>
    inEmptyFolder(async (list) => {
      const result = await runCli(request, answering('y'));
      expect(result.code, result.stderr).toBe(exitCodes.done);
      expect(result.stderr).toMatch(/^May I\? adjust_image \(operation: brighten.*\)$/m);
      expect(await list()).toEqual(['out.png']);
    }));

  it('does nothing after a no, and where nobody can answer', () =>
    inEmptyFolder(async (list) => {
      const no = await runCli(request, answering(''));
      expect(no.code).toBe(exitCodes.failed);
      expect(no.stderr).toMatch(/^.*error:.* adjust_image was not allowed\./m);
      const nobody = await runCli([...request, '--json']);
      expect(nobody.code).toBe(exitCodes.failed);
      expect(jsonOf(nobody, 'edit').error).toMatchObject({ code: 'not-approved', hint: expect.stringMatching(/./) });
      expect(await list()).toEqual([]);
    }));

  it('shows the place that would change, and takes the picture away again', () =>
    inEmptyFolder(async (list) => {
      const asked: string[] = [];
      const result = await runCli(['edit', coffee, '컵을 지워 줘', '--approve', 'edits', '-o', 'out.png'], {
        columns: 80,
        onStderr: (text, stdin) => {
          if (!text.endsWith('(Enter: 아니요): ')) return;
          asked.push(/바뀔 곳을 표시한 사진: (\S+)/.exec(text)?.[1] ?? '');
          stdin.write('네\n');
        },
      });
      expect(result.code, result.stderr).toBe(exitCodes.done);
      expect(result.stderr).toMatch(/^해도 될까요\? remove_object/m);
      expect(asked).toEqual(['coffee-which.png']);
      expect(await list()).toEqual(['out.png']);
    }));
});

describe('--max-steps and --max-seconds', () => {
  it('end a run that takes longer, with nothing written', () =>
    inEmptyFolder(async (list) => {
      expect((await run(coffee, 'remove the cup', '--max-steps', '1')).error?.code).toBe('budget-exceeded');
      expect((await run(coffee, 'remove the cup', '--max-seconds', '0.01')).error?.code).toBe('budget-exceeded');
      expect(await list()).toEqual([]);
    }));
});
