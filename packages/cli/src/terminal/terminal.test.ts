import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Io } from '../io.ts';
import { wordsIn } from '../messages.ts';
import { createProgress } from './create-progress.ts';
import { printable } from './printable.ts';
import { askLine } from './prompt.ts';
import { styleFor } from './style.ts';
import { renderTable } from './table.ts';
import { clip, displayWidth, padEnd } from './width.ts';

function fakeIo(options: { tty: boolean; columns?: number; env?: Record<string, string> }) {
  const written = { stderr: '' };
  const { tty, columns = 80, env = {} } = options;
  const stdin = new PassThrough();
  const stop = new AbortController();
  const io: Io = {
    stdout: { write() {} },
    stderr: { columns, write: (text) => (written.stderr += text) },
    stdin,
    env,
    isTty: { stdin: tty, stdout: tty, stderr: tty },
    signal: stop.signal,
  };
  return { io, written, stdin, stop };
}

/** What a person sees: the lines that stay and the moving line, after carriage returns and erasures. */
function screen(text: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape codes are what is taken out.
  const plain = text.replace(/\u001b\[[0-9;?]*[a-zA-Z]/g, (code) => (code === '\u001b[2K' ? '\r' : ''));
  return plain.split('\n').map((line) => line.slice(line.lastIndexOf('\r') + 1));
}

describe('display width', () => {
  it.each([
    ['cup', 3],
    ['컵을 지워 줘', 12],
    ['e\u0301', 1],
    ['각', 2],
    ['日本', 4],
    ['☕', 2],
    ['👩‍👩‍👧', 2],
    ['→ ⠋ ━ ✓', 7],
    ['', 0],
  ])('%j takes %i columns', (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });

  it('clips between characters and never beyond the width', () => {
    expect(clip('객체 찾는 중...', 7)).toBe('객체…');
    expect(clip('abc', 3)).toBe('abc');
    expect(clip('abcd', 3)).toBe('ab…');
    expect(clip('abcd', 0)).toBe('');
    for (let columns = 1; columns < 16; columns++)
      expect(displayWidth(clip('객체 찾는 중 now', columns))).toBeLessThanOrEqual(columns);
    expect(padEnd('컵', 4)).toBe('컵  ');
  });
});

describe('tables', () => {
  const columns = [{ title: '#', align: 'right' as const }, { title: 'Label', flexible: true }, { title: 'Box' }];

  it('align by columns on the screen', () => {
    const lines = renderTable(columns, [
      ['1', '컵', 'a'],
      ['10', 'cup', 'b'],
    ]).split('\n');
    expect(lines).toEqual([' #  Label  Box', ' 1  컵     a', '10  cup    b']);
  });

  it('shorten the flexible column on a narrow terminal', () => {
    const lines = renderTable(columns, [['1', 'a very long label indeed', 'box']], { width: 20 }).split('\n');
    expect(lines[1]).toBe('1  a very long…  box');
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(20);
  });
});

describe('text from outside', () => {
  it('loses what could control the terminal, and nothing else', () => {
    expect(printable('a\u001b[2Jb\u0007\u009b\u202ec')).toBe('a\ufffd[2Jb\ufffd\ufffd\ufffdc');
    expect(printable('컵 ☕ é')).toBe('컵 ☕ é');
    expect(printable('one\ntwo')).toBe('one two');
  });
});

describe('colours', () => {
  it.each<[string, boolean, Record<string, string>, boolean]>([
    ['on a terminal', true, {}, true],
    ['in a pipe', false, {}, false],
    ['with NO_COLOR', true, { NO_COLOR: '1' }, false],
    ['with an empty NO_COLOR', true, { NO_COLOR: '' }, true],
    ['on a dumb terminal', true, { TERM: 'dumb' }, false],
  ])('%s', (_name, tty, env, coloured) => {
    expect(styleFor('stderr', fakeIo({ tty, env }).io)('red', 'x') !== 'x').toBe(coloured);
  });
});

describe('progress', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is one moving line on a terminal, above it the finished steps', () => {
    const { io, written } = fakeIo({ tty: true });
    const progress = createProgress(io, false, wordsIn('en'));
    progress.note('Plan: Find the cup');
    progress.update('Finding things...', 10);
    vi.advanceTimersByTime(1000);
    expect(screen(written.stderr).at(-1)).toMatch(/^[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] ━━─{18} {2}10 % {2}Finding things\.\.\. {2}1\.0 s$/);
    progress.done('Find the cup', 412);
    progress.clear();
    expect(screen(written.stderr)).toEqual(['Plan: Find the cup', '✓ Find the cup  0.4 s', '']);
    const length = written.stderr.length;
    vi.advanceTimersByTime(1000);
    expect(written.stderr.length).toBe(length);
    expect(written.stderr.lastIndexOf('\u001b[?25h')).toBeGreaterThan(written.stderr.lastIndexOf('\u001b[?25l'));
  });

  it.each([12, 29, 40, 60, 200])('never fills a line of %i columns', (columns) => {
    const { io, written } = fakeIo({ tty: true, columns });
    const progress = createProgress(io, false, wordsIn('en'));
    progress.update('이미지 편집 중, and a rather long message about what is going on', 99.6);
    vi.advanceTimersByTime(500);
    progress.done('아주 긴 단계의 이름과 a rather long name of a step that ended', 61_234);
    for (const line of screen(written.stderr)) expect(displayWidth(line)).toBeLessThan(columns);
  });

  it('is plain lines elsewhere, and on a dumb terminal', () => {
    for (const { io, written } of [fakeIo({ tty: false }), fakeIo({ tty: true, env: { TERM: 'dumb' } })]) {
      const progress = createProgress(io, false, wordsIn('en'));
      progress.update('Finding things...', 10);
      progress.done('Find the cup', 412);
      progress.clear();
      expect(written.stderr).toBe('done: Find the cup (0.4 s)\n');
    }
  });

  it('is silent with --quiet', () => {
    const { io, written } = fakeIo({ tty: true });
    const progress = createProgress(io, true, wordsIn('en'));
    progress.update('x', 1);
    progress.note('x');
    progress.done('x', 1);
    progress.clear();
    expect(written.stderr).toBe('');
  });
});

describe('askLine', () => {
  it('gives the line, and undefined at the end of the input or when stopped', async () => {
    const answered = fakeIo({ tty: true });
    answered.stdin.write('2\n');
    expect(await askLine(answered.io, 'Number: ')).toBe('2');
    expect(answered.written.stderr).toBe('Number: ');
    const ended = fakeIo({ tty: true });
    ended.stdin.end();
    expect(await askLine(ended.io, 'Number: ')).toBeUndefined();
    const stopped = fakeIo({ tty: true });
    const line = askLine(stopped.io, 'Number: ');
    stopped.stop.abort();
    expect(await line).toBeUndefined();
  });
});
