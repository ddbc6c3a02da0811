import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as triton from '@atelier/sdk/triton';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inEmptyFolder, jsonOf, photo, runCli } from './__fixtures__/run-cli.ts';
import { writeSmall } from './__fixtures__/small-photos.ts';
import type { Command } from './commands/command.ts';
import { inKorean } from './korean-errors.ts';

/** English words that a Korean message may hold: what the person wrote, names, and command-line words. */
const allowed =
  /missing|broken|unicorn|out|png|webp|jpg|JPEG|cup|dog|cat|local|triton|hosted|backend|url|http|HOST|choice|root|JSON|adjust_image|approve edits|max-steps|max-seconds|protect|none|session|recipe|y나|Postgres|DATABASE_URL|port|data|server\.log|o\b/gi;
const latin = /[a-z]{2,}/i;

const cases: [string, string, readonly [Command['name'], ...string[]]][] = [
  ['a missing photo', 'not-found', ['edit', 'missing.png', '컵을 지워 줘']],
  ['a broken photo', 'image-invalid', ['ask', 'broken.png', '컵이 있어?']],
  [
    'a place that cannot be written',
    'output-not-writable',
    ['edit', photo('coffee.png'), '컵을 지워 줘', '-o', 'out/out.png'],
  ],
  [
    'transparency in a JPEG',
    'output-not-writable',
    ['edit', photo('coffee.png'), '배경을 투명하게 해 줘', '-o', 'out.jpg'],
  ],
  ['several cups', 'choice-needed', ['segment', 'cups.png', '컵']],
  ['no cat', 'no-match', ['edit', photo('chelsea.png'), '고양이를 지워 줘']],
  ['a word nobody knows', 'phrase-unknown', ['detect', photo('coffee.png'), 'unicorn', '--lang', 'ko']],
  ['nobody who paints', 'capability-unavailable', ['edit', photo('chelsea.png'), '개를 토끼로 바꿔 줘']],
  ['nobody who may say yes', 'not-approved', ['edit', photo('coffee.png'), '사진을 밝게 해 줘', '--approve', 'edits']],
  ['too few calls', 'budget-exceeded', ['edit', photo('coffee.png'), '컵을 지워 줘', '--max-steps', '1']],
  ['too little time', 'budget-exceeded', ['edit', photo('coffee.png'), '컵을 지워 줘', '--max-seconds', '0.01']],
  [
    'a picture that is all protected',
    'protected',
    ['edit', photo('coffee.png'), '사진을 밝게 해 줘', '--protect', '0,0,600,400'],
  ],
  [
    'a file that is no recipe',
    'output-not-writable',
    ['edit', photo('coffee.png'), '컵을 지워 줘', '--recipe', 'broken.png'],
  ],
  ['a file that may not be opened', 'not-allowed', ['edit', photo('coffee.png'), 'out.png 열어 줘']],
];

let [shelf, cups] = ['', ''];
beforeAll(async () => {
  shelf = await mkdtemp(join(tmpdir(), 'atelier-photos-'));
  cups = join(shelf, 'cups.png');
  await writeSmall(cups, 'two-cups.png', 600);
});
afterAll(() => rm(shelf, { recursive: true, force: true }));

describe('errors in Korean', () => {
  it.each(cases)('%s is %s, in Korean words', (_name, code, argv) =>
    inEmptyFolder(async () => {
      await writeFile('broken.png', 'hello');
      await copyFile(cups, 'cups.png');
      const result = await runCli([...argv, '--json', '-q']);
      const { error } = jsonOf(result, argv[0]);
      expect(error?.code, result.stdout).toBe(code);
      for (const words of [error?.message, error?.hint]) {
        expect(words).toMatch(/[가-힣]/);
        expect(words?.replaceAll(allowed, '')).not.toMatch(latin);
      }
      expect(result.stderr).toMatch(/^오류: /);
      expect(result.stderr).toMatch(/^도움말: /m);
    }),
  );

  const serverErrors = Object.values(triton).filter(
    (value): value is typeof triton.TimedOutError =>
      typeof value === 'function' && value.prototype instanceof triton.TritonError,
  );

  it.each(serverErrors.map((Kind) => [Kind.name, Kind] as const))('%s has Korean words', (_name, Kind) => {
    const context = { server: 'http://a:8000', model: 'sam', serverMessage: 'no such thing' };
    const { message, hint, details } = inKorean(
      new Kind({ message: 'It failed.', hint: 'Do not.', ...context }).toJSON(),
    );
    expect(`${message} ${hint ?? ''}`).toMatch(/[가-힣]{2}/);
    expect(hint).not.toBe('Do not.');
    // What the server said is in its own language.
    if (!message.includes('It failed.')) expect(message).toMatch(/^http:\/\/a:8000, sam: .*“no such thing”/);
    expect(details).toMatchObject(context);
  });

  it.each([
    ['not-approved', 'Not done.', { step: '컵 지우기', refusedBy: 'person' }, /^“컵 지우기”: 허락하지 않으셔서/],
    ['not-approved', 'Not done.', { step: '컵 지우기', refusedBy: 'nobody' }, /답할 사람이 없어/],
    ['protected', 'Cropping would cut off what is protected (1 face).', {}, /자르면/],
    ['protected', 'Turning the picture would change what is protected (1 face).', {}, /돌리면/],
    ['conflict', 'Port 3000 of 127.0.0.1 is in use.', { port: 3000 }, /포트 3000/],
    ['conflict', 'The embedded Postgres is in use.', { folder: '/f' }, /다른 곳에서 이 데이터베이스를/],
    ['conflict', 'The data is of Postgres 15.', { data: '15', programs: '18' }, /15의 것/],
    ['output-not-writable', 'The disk is full.', { output: 'No space' }, /데이터베이스를 둘 수 없습니다/],
    ['not-allowed', 'Not as root.', { folder: '/f', account: '-' }, /들어갈 수 없습니다/],
    ['capability-unavailable', 'No embedded Postgres.', { package: '@e' }, /내장/],
    ['server-unavailable', 'The database is away.', {}, /데이터베이스가 응답하지/],
    ['server-unavailable', 'It does not start.', { output: 'FATAL' }, /시작하지 못했습니다/],
    ['deadline-exceeded', 'The job did not end in time.', {}, /기한/],
    ['worker-lost', 'Too many workers died.', {}, /프로세스가/],
    ['rate-limited', 'Too many requests.', { retryAfterSeconds: 7 }, /요청이 너무 많습니다/],
    ['conflict', 'The session was changed by somebody else meanwhile.', {}, /세션을 바꾸었습니다/],
  ])('%s: "%s" has Korean words', (code, message, details, expected) => {
    const told = inKorean({ code, message, hint: 'Do not.', details });
    expect(told.message).toMatch(expected);
    expect(`${told.message} ${told.hint}`.replaceAll(allowed, '')).not.toMatch(latin);
  });

  it('keeps the line breaks of what the planner says it understands', async () => {
    const english = await runCli(['edit', photo('coffee.png'), 'frobnicate the cup', '-q']);
    expect(english.stderr).toMatch(/^error: I did not understand .*\n.+\n- /);
    const korean = await runCli(['edit', photo('coffee.png'), '컵 어쩌고저쩌고', '-q']);
    expect(korean.stderr).toMatch(/^오류: .*\n.+\n- /);
    const wanted = await runCli(['edit', photo('coffee.png'), 'frobnicate the cup', '-q', '--lang', 'ko']);
    expect(wanted.stderr).toMatch(/^오류: .*이해하지 못했습니다/);
  });
});
