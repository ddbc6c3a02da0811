import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Choice, readChoice } from '../src/command/choice.ts';
import { knownVariables } from '../src/command/unknown-variables.ts';
import { type HostEntry, shellWords, snippetsOf, splitEnvironment } from './__fixtures__/snippets.ts';

const packageSchema = z.object({ name: z.string(), bin: z.record(z.string(), z.string()), version: z.string() });
const ours = packageSchema.parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')));
const files = ['packages/mcp-server/README.md', 'docs/mcp.md'];
const snippets = files.flatMap(snippetsOf);
const place = { cwd: '/work', home: '/home/lee', platform: 'linux' } as const;

const entrySchema = z.strictObject({
  type: z.enum(['stdio', 'http']).optional(),
  command: z.string().optional(),
  args: z.array(z.string()).optional(),
  env: z.record(z.string(), z.string()).optional(),
  url: z.url().optional(),
  headers: z.record(z.string(), z.string()).optional(),
});
/** Claude and Cursor say `mcpServers`, VS Code `servers`, beside `inputs` that its variables name. */
const fileSchema = z.union([
  z.strictObject({ mcpServers: z.record(z.string(), entrySchema) }),
  z.strictObject({
    servers: z.record(z.string(), entrySchema),
    inputs: z
      .array(
        z.strictObject({
          type: z.literal('promptString'),
          id: z.string(),
          description: z.string(),
          password: z.boolean(),
        }),
      )
      .optional(),
  }),
]);

/** What hosts put in place of their variables. */
const filledIn = (text: string): string => text.replaceAll(`\${workspaceFolder}`, '/work/project');

/** Checks how the server would be started, and returns what it would do. */
function started({ command, args = [], env = {} }: HostEntry): Choice {
  for (const name of Object.keys(env)) expect(knownVariables).toContain(name);
  if (command !== 'npx') expect(Object.keys(ours.bin)).toContain(command);
  const [yes, name, ...options] = command === 'npx' ? args : ['-y', ours.name, ...args];
  expect([yes, name]).toEqual(['-y', ours.name]);
  for (const word of [...options, ...Object.values(env)]) expect(filledIn(word)).not.toMatch(/\$\{/);
  const choice = readChoice(options.map(filledIn), { ...env }, place);
  expect(choice.kind === 'serve' || options.includes('--help')).toBe(true);
  return choice;
}

const inJson = snippets.filter(({ language }) => language === 'json');
const inShell = snippets
  .filter(({ language }) => language === 'sh')
  .flatMap(({ text, ...rest }) => text.split('\n').map((line) => ({ ...rest, text: line })));

it('npx finds the program: the package has one bin, or one of its own name', () => {
  expect(Object.keys(ours.bin)).toEqual(['atelier-mcp']);
});

it('the manuals show every host', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  for (const host of ['Claude Desktop', 'Claude Code', 'VS Code', 'Cursor'])
    expect(readme).toContain(`<summary>${host}</summary>`);
  expect(inJson.length).toBeGreaterThanOrEqual(7);
  expect(inShell.length).toBeGreaterThanOrEqual(9);
});

describe('settings of hosts', () => {
  it.each(inJson)('$file:$line', ({ text }) => {
    const parsed = fileSchema.parse(JSON.parse(text));
    const entries = 'servers' in parsed ? parsed.servers : parsed.mcpServers;
    expect(Object.keys(entries)).toEqual(['atelier']);
    const inputs = ('servers' in parsed ? parsed.inputs : undefined)?.map(({ id }) => id) ?? [];
    expect([...text.matchAll(/\$\{input:([\w-]+)\}/g)].map(([, id]) => id)).toEqual(inputs);
    for (const [name, entry] of Object.entries(entries)) {
      if (entry.type === 'http') expect(new URL(entry.url ?? '').pathname).toBe('/mcp');
      else expect(started({ name, ...entry })).toMatchObject({ kind: 'serve', http: undefined });
    }
  });
});

describe('command lines', () => {
  it.each(inShell)('$file:$line $text', ({ text }) => {
    const { env, rest } = splitEnvironment(shellWords(text));
    const [command = '', ...args] = rest;
    if (command === 'claude') return checkClaude(args);
    if (command === 'code') return checkCode(args);
    // What a shell would put there is a secret of 48 digits.
    const values = Object.entries(env).map(([name, value]) => [name, value.replace(/\$\(.*\)/, 'a'.repeat(48))]);
    started({ name: 'shell', command, args, env: Object.fromEntries(values) });
  });

  function checkClaude(args: readonly string[]): void {
    expect(args.slice(0, 2)).toEqual(['mcp', 'add']);
    const at = args.indexOf('--');
    if (at < 0) {
      expect(args).toEqual([
        'mcp',
        'add',
        '--transport',
        'http',
        'atelier',
        expect.stringMatching(/^https:.*\/mcp$/),
        '--header',
        'Authorization: Bearer KEY',
      ]);
      return;
    }
    const [command, ...rest] = args.slice(at + 1);
    started({ name: args[at - 1] ?? '', command, args: rest });
    expect(args[at - 1]).toBe('atelier');
  }

  function checkCode(args: readonly string[]): void {
    expect(args[0]).toBe('--add-mcp');
    started(
      z
        .strictObject({ name: z.literal('atelier'), command: z.string(), args: z.array(z.string()) })
        .parse(JSON.parse(args[1] ?? '')),
    );
  }
});
