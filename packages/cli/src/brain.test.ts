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
