import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { decodeImage, encodeImage, Mask } from '@atelier/sdk/image';
import { describe, expect, it } from 'vitest';
import { serveChat } from './__fixtures__/chat-server.ts';
import { inEmptyFolder, jsonOf, photo, runCli } from './__fixtures__/run-cli.ts';
import { writeSmall } from './__fixtures__/small-photos.ts';
import { exitCodes } from './exit-codes.ts';

const coffee = photo('coffee.png');

describe('transparency and JPEG', () => {
  it('refuses a JPEG for what ends in transparency, before any work', () =>
    inEmptyFolder(async (list) => {
      const result = await runCli(['edit', coffee, 'make the background transparent', '-o', 'tr.jpg', '--json']);
      expect(result.code).toBe(exitCodes.failed);
      expect(jsonOf(result, 'edit').error).toMatchObject({
        code: 'output-not-writable',
        hint: expect.stringMatching(/\.png or \.webp/),
        details: { path: 'tr.jpg', problem: 'transparency' },
      });
      expect(result.stderr).not.toContain('done:');
      expect(await list()).toEqual([]);
    }));

  it('refuses it after the work, where only the result tells', () =>
    inEmptyFolder(async (list) => {
      // Of what another brain will do nobody knows before.
      const server = await serveChat((call, body) => {
        if (call === 0) return { tool: 'plan', input: { steps: [{ tool: 'adjust_image', message: 'Clear it' }] } };
        const [image] = /img_[0-9a-f]{32}/.exec(body) ?? [];
        const input = { image, operation: 'clear', parameters: {}, region: 'everything' };
        return call === 1 ? { tool: 'adjust_image', input } : 'It is transparent.';
      });
      try {
        const argv = ['edit', coffee, 'make it vanish', '-o', 'tr.jpg', '--brain', 'compatible:tiny', '--json'];
        const result = await runCli(argv, { env: { ATELIER_BRAIN_URL: server.url } });
        expect(result.code, result.stdout).toBe(exitCodes.failed);
        expect(jsonOf(result, 'edit').error?.details?.problem).toBe('transparency');
        expect(result.stderr).toContain('done:');
        expect(await list()).toEqual([]);
      } finally {
        server.close();
      }
    }));

  it('keeps it in a WebP, and says which part was selected', () =>
    inEmptyFolder(async () => {
      await writeSmall('small.png', 'coffee.png', 180);
      const result = await runCli(['edit', 'small.png', 'make the background transparent', '-o', 'tr.webp', '--json']);
      expect(result.code, result.stdout).toBe(exitCodes.done);
      const { edits, flattened } = jsonOf(result, 'edit');
      expect({ flattened, operation: edits[0].operation }).toEqual({ flattened: false, operation: 'clear' });
      expect(edits[0].selected && Mask.fromRle(edits[0].selected).area).toBe(edits[0].receipt.areas.selected);
      const { data } = await decodeImage(await readFile('tr.webp'));
      expect(data.some((value, at) => at % 4 === 3 && value === 0)).toBe(true);
    }));

  it('says that transparency of the photo was laid on white', () =>
    inEmptyFolder(async () => {
      const half = { width: 64, height: 48, data: new Uint8Array(64 * 48 * 4).fill(100) };
      await writeFile('half.png', (await encodeImage(half, { format: 'png' })).bytes);
      const request = ['edit', 'half.png', 'brighten the picture', '-o', 'out.jpg'];
      expect(jsonOf(await runCli([...request, '--json']), 'edit')).toMatchObject({
        status: 'success',
        flattened: true,
      });
      expect((await runCli(request)).stdout).toMatch(/^Transparency +laid on white/m);
    }));
});

describe('--root', () => {
  const request = ['edit', coffee, 'open pictures/other.png and brighten the picture', '--json'];

  it('lets a request open pictures in a folder, while the photo may lie elsewhere', () =>
    inEmptyFolder(async () => {
      await mkdir('pictures');
      await copyFile(photo('chelsea.png'), 'pictures/other.png');
      const result = await runCli([...request, '--root', 'pictures']);
      expect(result.code, result.stdout).toBe(exitCodes.done);
      const { width, height } = await decodeImage(await readFile('pictures/other.png'));
      expect(jsonOf(result, 'edit').image).toMatchObject({ width, height });
    }));

  it('is needed, and holds: nothing outside is opened', () =>
    inEmptyFolder(async (list) => {
      await mkdir('pictures');
      await mkdir('others');
      await copyFile(photo('chelsea.png'), 'pictures/other.png');
      const [none, wrong] = [await runCli(request), await runCli([...request, '--root', 'others'])];
      expect(jsonOf(none, 'edit').error).toMatchObject({
        code: 'not-allowed',
        hint: expect.stringContaining('--root'),
      });
      expect(jsonOf(wrong, 'edit').error?.code).toBe('not-allowed');
      expect([none.code, wrong.code]).toEqual([exitCodes.failed, exitCodes.failed]);
      expect(await list()).toEqual(['others', 'pictures']);
    }));

  it('names a folder that is there', async () => {
    const missing = await runCli([...request, '--root', 'nowhere']);
    expect(jsonOf(missing, 'edit').error).toMatchObject({ code: 'not-found', details: { path: 'nowhere' } });
    expect(jsonOf(await runCli([...request, '--root', coffee]), 'edit').error?.code).toBe('invalid-input');
  });
});

describe('what was not needed', () => {
  it('is a --choice that no question asked for: said on standard error, also with --quiet', () =>
    inEmptyFolder(async () => {
      const edit = await runCli(['edit', coffee, 'how many cups are there?', '--choice', '2', '-q']);
      expect(edit).toMatchObject({ code: exitCodes.done, stderr: 'note: --choice was not needed\n' });
    }));
});
