import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { inEmptyFolder, photo, runCli } from './__fixtures__/run-cli.ts';
import { commands, groups } from './commands/index.ts';
import { exitCodes } from './exit-codes.ts';
import { notRunOutputSchema } from './json-output.ts';
import { Arguments } from './options.ts';

const coffee = photo('coffee.png');
/** The discard port: nothing listens there. */
const server = 'http://127.0.0.1:9';

describe('help', () => {
  it('is what atelier alone prints, and names every command', async () => {
    const result = await runCli([]);
    expect(result).toMatchObject({ code: exitCodes.done, stderr: '' });
    for (const { name } of commands) expect(result.stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
    expect(await runCli(['--help'])).toEqual(result);
    expect(await runCli(['help'])).toEqual(result);
  });

  it.each(commands.map(({ name }) => name))(
    'of %s names its options and gives examples, in at most 88 columns',
    async (name) => {
      const words = name.split(' ');
      const result = await runCli([...words, '--help']);
      expect(result).toMatchObject({ code: exitCodes.done, stderr: '' });
      const command = commands.find((candidate) => candidate.name === name);
      for (const option of command?.options ?? []) expect(result.stdout).toContain(`--${option.name}`);
      expect(result.stdout).toContain(`atelier ${name} `);
      expect(Math.max(...result.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(88);
      expect(await runCli(['help', ...words])).toEqual(result);
    },
  );

  it.each(groups.map(({ name }) => name))('of %s alone lists its commands', async (name) => {
    const result = await runCli([name]);
    expect(result).toMatchObject({ code: exitCodes.done, stderr: '' });
    const members = commands.filter((command) => command.name.startsWith(`${name} `));
    expect(members.length).toBeGreaterThan(0);
    for (const command of members) expect(result.stdout).toMatch(new RegExp(`^  ${command.name} `, 'm'));
    expect(Math.max(...result.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(88);
    for (const argv of [
      [name, '--help'],
      [name, 'help'],
      ['help', name],
    ])
      expect(await runCli(argv)).toEqual(result);
  });

  it('README.md describes every option and every field of the JSON', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    for (const command of commands) {
      for (const { name } of command.options) expect(readme, command.name).toContain(`--${name}`);
      for (const field of Object.keys(command.blank(new Arguments([], new Map()), {})))
        expect(readme, command.name).toContain(`\`${field}\``);
    }
  });

  it('--version is that of package.json', async () => {
    const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
    expect((await runCli(['--version'])).stdout).toBe(`${version}\n`);
  });
});

describe('bad usage', () => {
  it.each<[string, readonly string[], RegExp]>([
    ['an unknown command', ['edti', coffee], /did you mean "edit"\?/],
    ['an unknown command of a group', ['triton', 'statsu'], /did you mean "triton status"\?/],
    ['nothing like a command of a group', ['triton', 'xyz'], /commands are triton types, triton status/],
    ['an option before the second word', ['triton', '--url', 'http://a'], /no option --url of "triton" itself/],
    ['help of an unknown command', ['help', 'triton', 'stauts'], /did you mean "triton status"\?/],
    ['no server', ['triton', 'status'], /no server was named[\s\S]*--url/],
    [
      'a server without a scheme',
      ['triton', 'status', '--url', 'localhost:8000'],
      /write --url http:\/\/localhost:8000/,
    ],
    ['a server that is no address', ['triton', 'types', '--url', 'ftp://a'], /http or https address, not "ftp:\/\/a"/],
    [
      'several servers',
      ['triton', 'types', '--url', 'http://a', '--grpc-url', 'http://b'],
      /one --url or one --grpc-url/,
    ],
    ['a token variable that is not set', ['triton', 'types', '--url', 'http://a', '--token-env', 'NONE'], /not set/],
    ['a token', ['triton', 'types', '--url', 'http://a', '--token=abc'], /did you mean --token-env\?/],
    ['no time', ['triton', 'types', '--url', 'http://a', '--timeout', '0'], /seconds above 0/],
    ['an empty model', ['triton', 'types', '--url', 'http://a', '--models', 'a,,b'], /empty name/],
    ['a model without its option', ['triton', 'types', 'sam', '--url', 'http://a'], /--models A,B/],
    ['a server without its option', ['triton', 'status', 'http://a'], /--url URL/],
    ['an unknown option', ['edit', coffee, 'x', '--choise', '1'], /did you mean --choice\?/],
    ['a misplaced option', ['--nope'], /no option --nope/],
    ['no photo', ['edit'], /no photo was given/],
    ['no request', ['edit', coffee], /no request was given/],
    ['an empty request', ['edit', coffee, '  '], /no request was given/],
    ['no question', ['ask', coffee], /no question was given/],
    ['an unknown format', ['edit', coffee, 'x', '-o', 'out.tiff'], /\.tiff[\s\S]*\.png/],
    ['a format that has no name', ['detect', coffee, '-o', 'out'], /no ending/],
    ['a cut-out as JPEG', ['segment', coffee, 'the cup', '-o', 'out.jpg'], /no transparency/],
    [
      'an unknown brain',
      ['edit', coffee, 'x', '--brain', 'gpt-5.2'],
      /--brain gpt-5\.2: .*\nhint: .*planner, openai:MODEL/,
    ],
    ['a brain without a model', ['edit', coffee, 'x', '--brain', 'openai'], /no model\nhint: .*openai:MODEL/],
    [
      'a brain without its key',
      ['edit', coffee, 'x', '--brain', 'openai:gpt-5.2'],
      /OPENAI_API_KEY is not set\nhint: /,
    ],
    ['a brain without its address', ['edit', coffee, 'x', '--brain', 'compatible:qwen3'], /ATELIER_BRAIN_URL is not/],
    ['a request alone', ['edit', 'make it brighter'], /no photo was given\nhint: .*--session NAME/],
    [
      'a session that there is not',
      ['edit', 'make it brighter', '--session', 'tea'],
      /no session "tea".*\nhint: begin it/,
    ],
    ['a session without a request', ['edit', coffee, '--session', 'tea'], /no request was given/],
    ['a session that names no folder', ['edit', coffee, 'x', '--session', '../tea'], /--session cannot be "\.\.\/tea"/],
    ['an unknown approval', ['edit', coffee, 'x', '--approve', 'all'], /edits or never/],
    ['nothing to protect', ['edit', coffee, 'x', '--protect', 'face'], /did you mean faces\?/],
    ['a thing to protect without its word', ['edit', coffee, 'x', '--protect', 'the cup'], /"phrase:the cup"/],
    ['half a box to protect', ['edit', coffee, 'x', '--protect', 'faces,1,2,3'], /4 numbers/],
    ['no steps', ['edit', coffee, 'x', '--max-steps', '0'], /--max-steps must be a whole number from 1/],
    ['no seconds', ['edit', coffee, 'x', '--max-seconds', '-1'], /--max-seconds/],
    ['a recipe over the picture', ['edit', coffee, 'x', '-o', 'a.png', '--recipe', './a.png'], /same file/],
    ['an unknown backend', ['edit', coffee, 'x', '--backend', 'cuda'], /no backend "cuda"\nhint: .*local and triton/],
    [
      'a server without its backend',
      ['edit', coffee, 'x', '--url', server],
      /--url is for .*\nhint: add --backend triton/,
    ],
    ['a token without its backend', ['ask', coffee, 'x', '--token-env', 'MINE'], /--token-env is for .*\nhint: /],
    [
      'a server of the backend local',
      ['detect', coffee, '--backend', 'local', '--grpc-url', server],
      /--grpc-url is for/,
    ],
    [
      'a backend without its server',
      ['segment', coffee, 'x', '--backend', 'triton'],
      /\nhint: add --url http:\/\/gpu-box:8000/,
    ],
    ['two servers', ['ask', coffee, 'x', '--backend', 'triton', '--url', server, '--url', server], /given twice/],
    [
      'a picture server that is no address',
      ['ask', coffee, 'x', '--backend', 'triton', '--url', 'box:8000'],
      /write --url http:\/\/box:8000/,
    ],
    ['an unknown language', ['ask', coffee, 'x', '--lang', 'fr'], /ko or en/],
    ['a threshold above 1', ['detect', coffee, '--threshold', '1.5'], /0 to 1/],
    ['a choice of 0', ['edit', coffee, 'x', '--choice', '0'], /number of a candidate/],
    ['a box of three numbers', ['segment', coffee, '--box', '1,2,3'], /4 numbers/],
    ['a box of words', ['segment', coffee, '--box', 'abc'], /4 numbers/],
    ['a phrase and a box', ['segment', coffee, 'the cup', '--box', '1,2,3,4'], /not both/],
    ['nothing to cut out', ['segment', coffee], /phrase/],
    ['only a point beside it', ['segment', coffee, '--not-point', '1,2'], /--point or --box/],
    ['a missing value', ['edit', coffee, 'x', '-o'], /needs a value/],
    ['a forgotten value', ['edit', coffee, 'x', '-o', '--overlay'], /looks like an option/],
    ['a value for a switch', ['edit', coffee, 'x', '--json=yes'], /takes no value/],
    ['an option twice', ['edit', coffee, 'x', '-o', 'a.png', '-o', 'b.png'], /given twice/],
    ['one file for two outputs', ['segment', coffee, 'the cup', '--mask', 'a.png', '-o', './a.png'], /same file/],
  ])('%s ends with 2', (_name, argv, expected) =>
    inEmptyFolder(async (list) => {
      const result = await runCli([...argv, '-q']);
      expect(result).toMatchObject({ code: exitCodes.badUsage, stdout: '' });
      expect(result.stderr).toMatch(expected);
      expect(result.stderr).toMatch(/^error: /);
      expect(await list()).toEqual([]);
    }),
  );

  it.each(['http://name:s3cret@a:8000', 's3cret@a:8000'])('never repeats the secrets of %s', async (url) => {
    const result = await runCli(['triton', 'status', '--url', url, '--json']);
    expect(result.code).toBe(exitCodes.badUsage);
    expect(result.stdout + result.stderr).not.toContain('s3cret');
    expect(result.stderr).toContain('--token-env');
  });

  it('is one JSON object with --json', async () => {
    const result = await runCli(['ask', coffee, '--json']);
    expect(result.code).toBe(exitCodes.badUsage);
    expect(notRunOutputSchema.parse(JSON.parse(result.stdout))).toMatchObject({ command: 'ask' });
  });

  it('ATELIER_BRAIN counts, and a key in the environment does not', async () => {
    const wrong = await runCli(['edit', 'missing.png', 'x'], { env: { ATELIER_BRAIN: 'openai:gpt-5.2' } });
    expect(wrong).toMatchObject({ code: exitCodes.badUsage });
    expect(wrong.stderr).toContain('ATELIER_BRAIN openai:gpt-5.2: OPENAI_API_KEY is not set');
    const key = await runCli(['edit', 'missing.png', 'x', '--json'], {
      env: { OPENAI_API_KEY: 'sk-x', GOOGLE_API_KEY: 'x' },
    });
    expect(JSON.parse(key.stdout)).toMatchObject({
      brain: 'planner',
      backends: ['local'],
      error: { code: 'not-found' },
    });
  });

  it('ATELIER_TRITON_URL names the server where one was asked for, and is no reason to use one', async () => {
    const argv = ['edit', 'missing.png', 'x', '--json'];
    const env = { ATELIER_TRITON_URL: 'gpu-box' };
    expect(JSON.parse((await runCli(argv, { env })).stdout)).toMatchObject({ backends: ['local'] });
    const asked = await runCli([...argv, '--backend', 'triton'], { env });
    expect(asked.code).toBe(exitCodes.badUsage);
    expect(asked.stderr).toContain('ATELIER_TRITON_URL must be an http or https address, not "gpu-box"');
    const other = await runCli([...argv, '--backend', 'triton', '--url', server], { env });
    expect(JSON.parse(other.stdout)).toMatchObject({ backends: ['triton', 'local'], error: { code: 'not-found' } });
  });

  it('shows a stack only with ATELIER_DEBUG=1', async () => {
    expect((await runCli(['ask', 'missing.png', 'x'])).stderr).not.toMatch(/^\s+at /m);
    expect((await runCli(['ask', 'missing.png', 'x'], { env: { ATELIER_DEBUG: '1' } })).stderr).toMatch(/^\s+at /m);
  });

  it('never lets a file name write to the terminal', async () => {
    const result = await runCli(['ask', '\u001b]0;title\u0007\u202egnp.png', 'x'], { columns: 80 });
    expect(result.stderr).not.toContain('\u001b]0;');
    expect(result.stderr).not.toContain('\u202e');
  });
});

describe('a token that no header holds', () => {
  it.each([
    ['a line break', 'hush\nx: y'],
    ['letters that are not ASCII', 'hüsh'],
  ])('with %s is bad usage that names the variable and not the value', async (_what, token) => {
    const commandLines = [
      ['triton', 'status', '--url', server],
      ['triton', 'types', '--url', server],
      ['ask', coffee, 'what is it?', '--backend', 'triton', '--url', server],
    ];
    for (const argv of commandLines) {
      const usual = await runCli(argv, { env: { ATELIER_TRITON_TOKEN: token } });
      const named = await runCli([...argv, '--token-env', 'MINE'], { env: { MINE: token } });
      expect([usual.code, named.code]).toEqual([exitCodes.badUsage, exitCodes.badUsage]);
      expect(usual.stderr).toMatch(/^error: .*\bATELIER_TRITON_TOKEN\b/);
      expect(named.stderr).toMatch(/^error: .*\bMINE\b/);
      expect(usual.stderr + named.stderr).not.toMatch(/h[uü]sh/);
    }
  });
});
