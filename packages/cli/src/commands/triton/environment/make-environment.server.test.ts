import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Io } from '../../../io.ts';
import { wordsIn } from '../../../messages.ts';
import { Arguments } from '../../../options.ts';
import type { CommandContext } from '../../command.ts';
import { stampName } from './environment-script.ts';
import { checkPython, findPython } from './find-python.ts';
import { isEnvironment, makeEnvironment, pythonOf } from './make-environment.ts';
import { environmentWordsIn } from './words.ts';

const { python } = inject('triton');
const words = environmentWordsIn('en');
let folder = '';
let wheel = '';

/** Writes a wheel with one module, as a build would. */
const buildWheel = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as wheel:
    info = "tiny_thing-1.0.dist-info/"
    wheel.writestr("tiny_thing.py", "answer = 42\\n")
    wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: tiny-thing\\nVersion: 1.0\\n")
    wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    wheel.writestr(info + "RECORD", "")
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atelier-environment-'));
  wheel = join(folder, 'tiny_thing-1.0-py3-none-any.whl');
  await promisify(execFile)(python, ['-c', buildWheel, wheel]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Without any index: what is not in a file is not found, and no network is asked. */
function contextOf(signal = new AbortController().signal): { context: CommandContext; updates: string[] } {
  const updates: string[] = [];
  const silent = { write: () => {} };
  const io: Io = {
    stdout: silent,
    stderr: silent,
    stdin: new PassThrough(),
    env: { PATH: process.env.PATH, PIP_NO_INDEX: '1', PIP_CONFIG_FILE: '/dev/null' },
    isTty: { stdin: false, stdout: false, stderr: false },
    signal,
  };
  const context: CommandContext = {
    args: new Arguments([], new Map()),
    io,
    language: 'en',
    words: wordsIn('en'),
    progress: { update: (text) => updates.push(text), done: (text) => updates.push(text), note() {}, clear() {} },
    style: (_format, text) => text,
    json: false,
    elapsed: () => 0,
    show() {},
  };
  return { context, updates };
}

async function optionsOf(name: string, requirement: string, signal?: AbortSignal) {
  const file = join(folder, `${name}.txt`);
  await writeFile(file, `${requirement}\n`);
  const { context, updates } = contextOf(signal);
  const { io } = context;
  const interpreter = await checkOf(io);
  return {
    updates,
    context,
    words,
    interpreter,
    requirements: { file, text: requirement },
    folder: join(folder, name),
  };
}

/** The interpreter that the test environment was made from: it has pip's wheels at hand. */
const checkOf = (io: Io) => findPython({ words, env: io.env, signal: io.signal });

/** Processes whose command line names the folder. */
const processesOf = (name: string): string[] =>
  readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(join(folder, name));
    } catch {
      return false;
    }
  });

describe('making an environment', () => {
  it('fails with the last lines of pip, leaves it unfinished, and then makes it once for two at a time', async () => {
    const never = new AbortController().signal;
    const failing = await optionsOf('venv-a', 'no-such-thing==1.0');
    await expect(makeEnvironment(failing)).rejects.toMatchObject({
      code: 'install-failed',
      hint: words.noDistribution,
      details: { lines: expect.arrayContaining([expect.stringMatching(/No matching distribution.*no-such-thing/)]) },
    });
    expect(await isEnvironment(failing.folder, never)).toBe(false);

    const both = [await optionsOf('venv-a', wheel), await optionsOf('venv-a', wheel)];
    const paths = await Promise.all(both.map(makeEnvironment));
    expect(paths).toEqual([pythonOf(failing.folder), pythonOf(failing.folder)]);
    expect(await isEnvironment(failing.folder, never)).toBe(true);
    const { stdout } = await promisify(execFile)(paths[0], ['-c', 'import tiny_thing; print(tiny_thing.answer)']);
    expect(stdout).toBe('42\n');
    const told = both.map(({ updates }) => updates);
    expect(told.filter((updates) => updates.includes(words.environmentReady))).toHaveLength(1);
    expect(told.filter((updates) => updates.includes(words.waiting))).toHaveLength(1);
    expect(told.flat()).toContain('Taking tiny-thing 1.0 from the cache...');
    expect(told.flat()).toContain('Installing 1 packages...');

    // The Python that it was made from is gone: it is not taken for complete.
    await unlink(pythonOf(failing.folder));
    await symlink(join(folder, 'gone'), pythonOf(failing.folder));
    expect(await isEnvironment(failing.folder, never)).toBe(false);
  });

  it('ends everything that it started when it is called off', async () => {
    const stop = new AbortController();
    const options = await optionsOf('venv-b', wheel, stop.signal);
    const making = makeEnvironment(options);
    await expect.poll(() => processesOf('venv-b').length).toBeGreaterThan(1);
    const reason = new Error('enough');
    stop.abort(reason);
    await expect(making).rejects.toBe(reason);
    await expect.poll(() => processesOf('venv-b')).toEqual([]);
    expect(existsSync(join(options.folder, stampName))).toBe(false);
  });

  it('writes down what it installed', async () => {
    const stamp = join(folder, 'venv-a', stampName);
    expect(await readFile(stamp, 'utf8')).toContain(join(folder, 'venv-a.txt'));
  });
});

describe('finding a Python', () => {
  const signal = new AbortController().signal;

  it('says that there is none', async () => {
    await expect(findPython({ words, env: { PATH: folder }, signal })).rejects.toMatchObject({
      code: 'python-missing',
      hint: expect.stringContaining('--python'),
    });
  });

  it('says what the one that was named lacks', async () => {
    const search = { words, env: { PATH: process.env.PATH }, signal };
    expect(await checkPython(python, search)).toMatchObject({ path: python });
    await expect(checkPython(join(folder, 'nobody'), search)).rejects.toMatchObject({ code: 'python-missing' });
    const { path } = await findPython(search);
    await expect(checkPython(path, search)).rejects.toMatchObject({
      code: 'python-missing',
      message: expect.stringContaining('nvidia-pytriton'),
    });
  });
});
