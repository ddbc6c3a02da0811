import { describe, expect, it } from 'vitest';
import { type ChatTurn, serveChat } from './__fixtures__/chat-server.ts';
import { inEmptyFolder, jsonOf, photo, runCli } from './__fixtures__/run-cli.ts';
import { exitCodes } from './exit-codes.ts';

const coffee = photo('coffee.png');

/** Plans, brightens the picture that it is told about, and says so. */
function brighten(call: number, body: string): ChatTurn {
  const message = 'Brighten the picture';
  if (call === 0) return { tool: 'plan', input: { steps: [{ tool: 'adjust_image', message }] } };
  const [image] = /img_[0-9a-f]{32}/.exec(body) ?? [];
  const input = { image, operation: 'brighten', parameters: {}, region: 'everything' };
  return call === 1 ? { tool: 'adjust_image', input } : 'The picture is brighter now.';
}

/** Runs `atelier edit` with a brain that does what `think` says. */
async function editWith(think: (call: number) => ChatTurn, ...argv: string[]) {
  const server = await serveChat(think);
  try {
    return await runCli(['edit', coffee, ...argv, '--brain', 'compatible:tiny'], {
      env: { ATELIER_BRAIN_URL: server.url },
    });
  } finally {
    server.close();
  }
}
const removal = { tool: 'remove_object', target: 'cup', message: 'Remove the cup' };

describe('a brain that says what it did not do', () => {
  const planned = (call: number): ChatTurn =>
    call === 0 ? { tool: 'plan', input: { steps: [removal] } } : 'I removed the cup.';

  it('is no success: what was planned and not made is listed, and no file is written', () =>
    inEmptyFolder(async (list) => {
      const told = await editWith(planned, 'remove the cup', '-o', 'out.png');
      expect(told.code).toBe(exitCodes.notVerified);
      expect(told.stdout).toMatch(/^Not done +Remove the cup$/m);
      expect(told.stdout).toMatch(/^Written +no file: the picture was not changed$/m);
      const korean = await editWith(planned, 'remove the cup', '--lang', 'ko', '-q');
      expect(korean.stdout).toMatch(/^하지 않음 +Remove the cup$/m);
      expect(korean.stdout).toMatch(/^저장 위치 +파일 없음: 사진을 바꾸지 않았습니다$/m);
      const json = await editWith(planned, 'remove the cup', '-o', 'out.png', '--json');
      expect(json.code).toBe(exitCodes.notVerified);
      expect(jsonOf(json, 'edit')).toMatchObject({
        output: null,
        output_image_url: null,
        edits: [],
        verified: false,
        notDone: [removal],
      });
      expect(await list()).toEqual([]);
    }));

  it('keeps what was made of it, and says what was not', () =>
    inEmptyFolder(async (list) => {
      const server = await serveChat((call, body) => {
        const turn = brighten(call, body);
        const steps = [{ tool: 'adjust_image', message: 'Brighten the picture' }, removal];
        return call === 0 ? { tool: 'plan', input: { steps } } : turn;
      });
      try {
        const argv = ['edit', coffee, 'make it brighter and remove the cup', '--brain', 'compatible:tiny', '--json'];
        const result = await runCli(argv, { env: { ATELIER_BRAIN_URL: server.url } });
        expect(result.code).toBe(exitCodes.notVerified);
        expect(jsonOf(result, 'edit')).toMatchObject({
          edits: [{ operation: 'brighten', verified: { ok: true } }],
          verified: false,
          notDone: [removal],
        });
        expect(await list()).toEqual(['coffee-edited.png']);
      } finally {
        server.close();
      }
    }));

  it('is a failure without any call, whatever it says', () =>
    inEmptyFolder(async (list) => {
      const result = await editWith(() => 'I removed the cup.', 'remove the cup', '-o', 'out.png', '--json');
      expect(result.code).toBe(exitCodes.failed);
      expect(jsonOf(result, 'edit')).toMatchObject({
        status: 'failure',
        answer: null,
        output: null,
        verified: false,
        error: { code: 'brain-failed' },
      });
      expect(await list()).toEqual([]);
    }));

  it('is not believed after a plan that names no edit where one was asked for', () =>
    inEmptyFolder(async (list) => {
      const think = (call: number): ChatTurn =>
        call === 0 ? { tool: 'plan', input: { steps: [] } } : 'I removed the cup.';
      const result = await editWith(think, 'remove the cup', '-q');
      expect(result.code).toBe(exitCodes.notVerified);
      expect(result.stderr).toMatch(/^note: the request asks for a change, and the brain made none/m);
      expect(result.stdout).toMatch(/^Written +no file: the picture was not changed$/m);
      const json = await editWith(think, 'remove the cup', '--json', '-q');
      expect(jsonOf(json, 'edit')).toMatchObject({ output: null, verified: false, notDone: [] });
      expect(await list()).toEqual([]);
    }));

  it('is believed where it only answers a question that it was shown the picture for', async () => {
    const think = (call: number): ChatTurn =>
      call === 0 ? { tool: 'plan', input: { steps: [] } } : 'A cup of coffee, seen from above.';
    const result = await editWith(think, 'what is in the picture?', '-q');
    expect(result.code, result.stdout + result.stderr).toBe(exitCodes.done);
    expect(result.stdout).toBe('A cup of coffee, seen from above.\n');
  });
});

describe('--brain compatible', () => {
  it('lets a server of chat completions plan, and says where words and pictures go, also with --quiet', () =>
    inEmptyFolder(async (list) => {
      const server = await serveChat(brighten);
      try {
        const argv = ['edit', coffee, 'make it brighter', '--brain', 'compatible:tiny', '--quiet', '--json'];
        const env = { ATELIER_BRAIN_URL: server.url, ATELIER_BRAIN_KEY: 'k-123456789', OPENAI_API_KEY: 'sk-mine' };
        const result = await runCli(argv, { env });
        expect(result.code, result.stdout + result.stderr).toBe(exitCodes.done);
        const output = jsonOf(result, 'edit');
        expect(output).toMatchObject({
          brain: 'compatible:tiny',
          answer: 'The picture is brighter now.',
          verified: true,
        });
        expect(output.edits).toMatchObject([{ operation: 'brighten', receipt: { changedOutsideMask: 0 } }]);
        expect(await list()).toEqual(['coffee-edited.png']);
        const host = new URL(server.url).origin;
        expect(result.stderr).toBe(
          `note: the brain compatible:tiny plans: the request and reduced pictures are sent to ${host}\n`,
        );
        expect(server.requests.map(({ path, authorization }) => ({ path, authorization }))).toEqual(
          server.requests.map(() => ({ path: '/v1/chat/completions', authorization: 'Bearer k-123456789' })),
        );
        const [first] = server.requests;
        expect(JSON.parse(first.body)).toMatchObject({ model: 'tiny', stream: true });
        expect(first.body).toContain('make it brighter');
        // The plan is made from words alone; the call after it is shown the picture, reduced.
        expect(first.body).not.toContain('data:image/');
        expect(server.requests[1].body).toMatch(/data:image\/(png|jpeg);base64,/);
        expect(server.requests.map(({ body }) => body).join()).not.toContain('sk-mine');
      } finally {
        server.close();
      }
    }));

  it('is named by ATELIER_BRAIN as well, and told of in the language of the request', () =>
    inEmptyFolder(async () => {
      const server = await serveChat(() => 'I cannot see a cup.');
      try {
        const env = { ATELIER_BRAIN: 'compatible', ATELIER_BRAIN_URL: server.url, ATELIER_BRAIN_MODEL: 'tiny' };
        const result = await runCli(['edit', coffee, '컵이 있나요?'], { env });
        expect(result.stderr).toContain('두뇌: compatible. 백엔드: local.');
        expect(result.stderr).toContain(
          `참고: 두뇌 compatible에게 맡깁니다. 요청과 줄인 사진을 보내는 곳: http://127.`,
        );
        expect(JSON.parse(server.requests[0].body)).toMatchObject({ model: 'tiny' });
        expect(server.requests[0].authorization).toBeUndefined();
      } finally {
        server.close();
      }
    }));

  it('fails with what went wrong where nothing listens, and writes nothing', () =>
    inEmptyFolder(async (list) => {
      const env = { ATELIER_BRAIN_URL: 'http://127.0.0.1:9/v1' };
      const result = await runCli(['edit', coffee, 'x', '--brain', 'compatible:tiny', '--json'], { env });
      expect(result.code).toBe(exitCodes.failed);
      expect(jsonOf(result, 'edit').error?.code).toBe('brain-failed');
      expect(await list()).toEqual([]);
    }));
});
