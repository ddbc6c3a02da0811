import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { decodeImage, Mask } from '@atelier/sdk/image';
import { type LaunchedTriton, launchTriton } from '@atelier/sdk/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { countChanges, drawSquares, greenSquare, pixelAt, redSquare } from './__fixtures__/draw-squares.ts';
import { guardedServer } from './__fixtures__/guarded-server.ts';
import { inEmptyFolder, jsonOf, runCli } from './__fixtures__/run-cli.ts';
import { exitCodes } from './exit-codes.ts';

const { url, grpcUrl, python, repository } = inject('triton');
/** The discard port: nothing listens there. */
const nobody = 'http://127.0.0.1:9';
const onServer = ['--backend', 'triton', '--url', url, '--grpc-url', grpcUrl];
const told = `note: pictures are sent to ${url} and ${grpcUrl}\n`;

const decodeFile = async (path: string) => decodeImage(await readFile(path));

/** A folder with the picture a.png and nothing else. */
const withSquares = (work: (list: () => Promise<string[]>) => Promise<void>) =>
  inEmptyFolder(async (list) => {
    await drawSquares('a.png');
    await work(list);
  });

it('atelier ask --timeout limits the first question to the server too', () =>
  withSquares(async () => {
    const sockets = new Set<{ destroy(): unknown }>();
    const silent = createServer((socket) => sockets.add(socket.on('error', () => {})));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    // A server that listens on a port has an address of this form.
    const { port } = silent.address() as AddressInfo;
    const argv = ['ask', 'a.png', 'what is it?', '--backend', 'triton', '--url', `http://127.0.0.1:${port}`, '--json'];
    try {
      const { error } = jsonOf(await runCli([...argv, '--timeout', '0.3']), 'ask');
      expect(error).toMatchObject({ code: 'timed-out', hint: expect.stringContaining('--timeout') });
      expect(error?.message).toMatch(/\b300 ms/);
    } finally {
      for (const socket of sockets) socket.destroy();
      silent.close();
    }
  }));

describe('atelier edit --backend triton', () => {
  it('replaces a thing, changes nothing else, and names the server in the receipt', () =>
    withSquares(async () => {
      const request = 'replace the red square with a blue circle';
      const result = await runCli(['edit', 'a.png', request, ...onServer, '-o', 'out.png', '--json']);
      expect(result.code, result.stderr).toBe(exitCodes.done);
      expect(result.stderr).toContain(told);
      const output = jsonOf(result, 'edit');
      expect(output).toMatchObject({ status: 'success', verified: true, backends: ['triton', 'local'] });
      expect(output.edits).toHaveLength(1);
      const [{ receipt, verified, mask }] = output.edits;
      expect(receipt).toMatchObject({ backend: 'triton', model: 'sd3', capability: 'inpaint', changedOutsideMask: 0 });
      expect(verified).toMatchObject({ ok: true, by: 'triton (owlv2)' });
      const [before, after] = [await decodeFile('a.png'), await decodeFile('out.png')];
      const changed = countChanges(before, after, Mask.fromRle(mask));
      expect(changed.outside).toBe(0);
      expect(changed.inside).toBe(receipt.changedInsideMask);
      const [red, green, blue] = pixelAt(after, redSquare.x + 20, redSquare.y + 20);
      expect(blue - Math.max(red, green)).toBeGreaterThan(100);
      // The circle leaves the square's corner to the background.
      expect(Math.max(...pixelAt(after, redSquare.x, redSquare.y).map((value) => Math.abs(value - 200)))).toBeLessThan(
        30,
      );
    }));

  it('understands Korean, and says in Korean where pictures go', () =>
    withSquares(async (list) => {
      const result = await runCli(['edit', 'a.png', '빨간 네모를 파란 원으로 바꿔 줘', ...onServer]);
      expect(result.code, result.stderr).toBe(exitCodes.done);
      expect(result.stderr).toContain('백엔드: triton, local.\n');
      expect(result.stderr).toContain(`참고: 사진을 서버로 보냅니다: ${url}, ${grpcUrl}\n`);
      expect(result.stdout).toMatch(/바꿨습니다[\s\S]*a-edited\.png \(160 x 120\)\n영역 밖 변경 +픽셀 0개\n/);
      expect(await list()).toEqual(['a-edited.png', 'a.png']);
    }));

  it('removes a thing, with nothing but the note on standard error where it is quiet', () =>
    withSquares(async () => {
      const result = await runCli(['edit', 'a.png', 'remove the red square', ...onServer, '-q', '--json']);
      expect(result).toMatchObject({ code: exitCodes.done, stderr: told });
      const [{ receipt, verified }] = jsonOf(result, 'edit').edits;
      expect(receipt).toMatchObject({ backend: 'triton', capability: 'remove', changedOutsideMask: 0 });
      expect(verified.ok).toBe(true);
      const middle = pixelAt(await decodeFile('a-edited.png'), redSquare.x + 20, redSquare.y + 20);
      for (const value of middle) expect(Math.abs(value - 200)).toBeLessThan(30);
    }));

  it('leaves to this machine what the server cannot do', () =>
    withSquares(async () => {
      const result = await runCli(['edit', 'a.png', 'make the red square yellow', ...onServer, '--json']);
      expect(result.code, result.stderr).toBe(exitCodes.done);
      const [{ receipt, selected }] = jsonOf(result, 'edit').edits;
      expect(receipt).toMatchObject({ backend: 'local', capability: 'adjust', changedOutsideMask: 0 });
      // Found and outlined on the server: nothing here knows a square.
      expect(selected && Mask.fromRle(selected).bounds).toEqual(redSquare);
    }));

  it('works over gRPC alone', () =>
    withSquares(async () => {
      const argv = ['edit', 'a.png', 'remove the green square', '--backend', 'triton', '--grpc-url', grpcUrl, '--json'];
      const result = await runCli(argv);
      expect(result.code, result.stderr).toBe(exitCodes.done);
      expect(result.stderr).toContain(`note: pictures are sent to ${grpcUrl}\n`);
      expect(jsonOf(result, 'edit').edits[0].receipt.backend).toBe('triton');
    }));

  it('is told when gRPC, which painting needs, is not where it is expected', () =>
    withSquares(async (list) => {
      const request = 'replace the red square with a blue circle';
      const result = await runCli([
        ...['edit', 'a.png', request, '--backend', 'triton'],
        ...['--url', url, '--grpc-url', nobody, '--json'],
      ]);
      expect(result.code).toBe(exitCodes.failed);
      expect(jsonOf(result, 'edit').error).toMatchObject({
        code: 'server-unreachable',
        message: expect.stringContaining('gRPC'),
        details: expect.objectContaining({ server: nobody }),
      });
      expect(await list()).toEqual(['a.png']);
    }));

  it('stops while the server paints', () =>
    withSquares(async (list) => {
      const stop = new AbortController();
      const onStderr = (text: string) => {
        if (text.includes('done: Cut out')) stop.abort();
      };
      const argv = ['edit', 'a.png', 'replace the red square with a blue circle', ...onServer, '--json'];
      const result = await runCli(argv, { signal: stop.signal, onStderr });
      expect(result.code).toBe(exitCodes.interrupted);
      expect(jsonOf(result, 'edit')).toMatchObject({ status: 'cancelled', backends: ['triton', 'local'] });
      expect(await list()).toEqual(['a.png']);
    }));
});

describe('atelier ask, detect, segment --backend triton', () => {
  it('answers, and shows the words as they come', () =>
    withSquares(async () => {
      const argv = ['ask', 'a.png', 'how many green squares are there?', ...onServer];
      const result = await runCli([...argv, '--json']);
      expect(result.code, result.stderr).toBe(exitCodes.done);
      const answer = 'There is 1 green square.';
      expect(jsonOf(result, 'ask')).toMatchObject({ answer, backend: 'triton', model: 'vqa' });
      const live = await runCli(argv, { columns: 100 });
      expect(live.stdout).toBe(`${answer}\n`);
      expect(live.stderr).toMatch(/There is 1 green +\S*\d\.\d s/);
      const korean = await runCli(['ask', 'a.png', '초록 네모가 몇 개야?', ...onServer, '-q']);
      expect(korean).toMatchObject({
        code: exitCodes.done,
        stdout: expect.stringMatching(/^초록 사각형 1개가 있습니다/),
      });
    }));

  it('finds things of any words', () =>
    withSquares(async (list) => {
      const argv = ['detect', 'a.png', 'red square', 'the green square on the right', ...onServer, '-o', 'seen.png'];
      const result = await runCli([...argv, '--json']);
      expect(result.code, result.stderr).toBe(exitCodes.done);
      const { detections, backends } = jsonOf(result, 'detect');
      expect(backends).toEqual(['triton', 'local']);
      expect(detections.map(({ box }) => box).sort((a, b) => a.x - b.x)).toEqual([redSquare, greenSquare]);
      expect(await list()).toEqual(['a.png', 'seen.png']);
    }));

  it('cuts a thing out to the pixel', () =>
    withSquares(async () => {
      const result = await runCli(['segment', 'a.png', 'the green square', ...onServer, '--json']);
      expect(result.code, result.stderr).toBe(exitCodes.done);
      expect(jsonOf(result, 'segment')).toMatchObject({ area: 900, box: greenSquare, backends: ['triton', 'local'] });
      expect((await decodeFile('a-cutout.png')).data[4 * (80 * 160 + 120) + 3]).toBe(255);
    }));

  it('takes the address and the token from the environment, where the server was asked for', () =>
    withSquares(async () => {
      const token = 'hush-9f8e7d';
      const door = await guardedServer(url, token);
      try {
        const argv = ['detect', 'a.png', 'red square', '--backend', 'triton', '--json', '-q'];
        const refused = await runCli(argv, { env: { ATELIER_TRITON_URL: door.url } });
        expect(refused.code).toBe(exitCodes.failed);
        expect(jsonOf(refused, 'detect').error?.code).toBe('access-denied');
        const usual = await runCli(argv, { env: { ATELIER_TRITON_URL: door.url, ATELIER_TRITON_TOKEN: token } });
        const named = await runCli([...argv, '--url', door.url, '--token-env', 'MINE'], {
          env: { MINE: token, ATELIER_TRITON_URL: nobody },
        });
        for (const result of [usual, named]) {
          expect(result.code, result.stderr).toBe(exitCodes.done);
          expect(jsonOf(result, 'detect').detections).toHaveLength(1);
          expect(result.stderr).toBe(`note: pictures are sent to ${door.url}\n`);
          expect(result.stdout + result.stderr).not.toContain('hush');
        }
      } finally {
        await door.close();
      }
    }));
});

describe('a server that does not answer', () => {
  it.each([
    ['edit', 'brighten the picture', '--url'],
    ['ask', 'how many cups are there?', '--url'],
    ['detect', 'cup', '--grpc-url'],
    ['segment', 'the cup', '--url'],
  ] as const)('ends %s with 1, though this machine could do it', (command, request, option) =>
    withSquares(async (list) => {
      const argv = [command, 'a.png', request, '--backend', 'triton', option, nobody];
      const result = await runCli([...argv, '--json']);
      expect(result.code).toBe(exitCodes.failed);
      const { backends, error } = jsonOf(result, command);
      expect(backends).toEqual(['triton', 'local']);
      expect(error).toMatchObject({ code: 'server-unreachable', details: { server: nobody } });
      const korean = await runCli([...argv, '--lang', 'ko', '-q']);
      expect(korean.stderr).toMatch(/^참고: .*\n오류: http:\/\/127\.0\.0\.1:9: 서버에 연결할 수 없습니다.*\n도움말: /);
      expect(await list()).toEqual(['a.png']);
    }),
  );

  it('is not waited for once the command is interrupted, nor for ever', () =>
    withSquares(async () => {
      const sockets = new Set<{ destroy(): unknown }>();
      const silent = createServer((socket) => sockets.add(socket.on('error', () => {})));
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
      // A server that listens on a port has an address of this form.
      const { port } = silent.address() as AddressInfo;
      const argv = [
        'ask',
        'a.png',
        'what is it?',
        '--backend',
        'triton',
        '--url',
        `http://127.0.0.1:${port}`,
        '--json',
      ];
      try {
        const stop = new AbortController();
        const onStderr = (text: string) => {
          if (text.includes('pictures are sent')) setTimeout(() => stop.abort(), 300);
        };
        const interrupted = await runCli(argv, { signal: stop.signal, onStderr });
        expect(interrupted.code).toBe(exitCodes.interrupted);
        expect(jsonOf(interrupted, 'ask').status).toBe('cancelled');
        const waited = await runCli(argv);
        expect(waited.code).toBe(exitCodes.failed);
        expect(jsonOf(waited, 'ask').error?.code).toBe('timed-out');
      } finally {
        for (const socket of sockets) socket.destroy();
        silent.close();
      }
    }));
});

describe('a server without sd3', () => {
  let server: LaunchedTriton;
  beforeAll(async () => {
    const args = ['--model-control-mode=explicit', '--load-model=owlv2', '--load-model=sam'];
    server = await launchTriton({ python, repository, args });
  });
  afterAll(() => server?.stop('SIGKILL'));

  it('lets this machine do what it can, and says what nobody can', () =>
    withSquares(async () => {
      const there = ['--backend', 'triton', '--url', server.url, '--grpc-url', server.grpcUrl, '--json'];
      const removed = await runCli(['edit', 'a.png', 'remove the red square', ...there]);
      expect(removed.code, removed.stderr).toBe(exitCodes.done);
      const [{ receipt, verified }] = jsonOf(removed, 'edit').edits;
      expect(receipt).toMatchObject({ backend: 'local', changedOutsideMask: 0 });
      expect(verified).toMatchObject({ ok: true, by: 'triton (owlv2)' });
      const replaced = await runCli(['edit', 'a.png', 'replace the red square with a blue circle', ...there]);
      expect(replaced.code).toBe(exitCodes.unable);
      const { error } = jsonOf(replaced, 'edit');
      expect(error?.code).toBe('capability-unavailable');
      expect(error?.hint ?? '').not.toContain('--backend triton');
    }));
});

it('a process of its own ends by itself', () =>
  withSquares(async () => {
    const entry = fileURLToPath(new URL('./index.ts', import.meta.url));
    const argv = ['--conditions=atelier-source', entry, 'edit', 'a.png', 'remove the red square', ...onServer, '-q'];
    // Open connections would keep it: it is killed after the time, and that rejects.
    const { stdout, stderr } = await promisify(execFile)(process.execPath, argv, { timeout: 45_000 });
    expect({ stdout, stderr }).toEqual({ stdout: expect.stringContaining('a-edited.png (160 x 120)'), stderr: told });
  }));
