import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { optionTable, tableIn } from '../scripts/docs-tables.ts';
import { createMcpApp } from '../src/app.ts';
import { readChoice } from '../src/command/choice.ts';
import { allOptions } from '../src/command/options.ts';
import { mcpTools } from '../src/tools/tools.ts';
import { inProcessWorkshops } from '../src/workshop/in-process/in-process-workshops.ts';

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');
const manual = read('../../docs/mcp.md');

it('docs/mcp.md lists every option and variable as the program has them', () => {
  expect(tableIn(manual, 'options')).toBe(optionTable());
});

it('docs/mcp.md lists every tool, in order, and says which may edit', () => {
  const nobody = () => Promise.reject(new Error('nobody calls'));
  const workshops = inProcessWorkshops({ studio: nobody, approve: 'never' });
  const { settings } = createMcpApp({ workshops, output: '/out', uploads: { create: nobody, download: nobody } });
  const rows = tableIn(manual, 'tools').split('\n').slice(2);
  const listed = rows.map((row) => {
    const [, name, , kind] = /^\| `(\w+)` \| (.+) \| (looks|edits) \|$/.exec(row) ?? [];
    return { name, scope: kind === 'looks' ? 'look' : 'edit' };
  });
  expect(listed).toEqual(mcpTools(settings).map(({ name, scope }) => ({ name, scope })));
});

it('links of the manuals lead somewhere', () => {
  const headings = [...manual.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
  const links = [...manual.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor]) => anchor);
  expect(links.length).toBeGreaterThan(10);
  for (const link of links) expect(headings).toContain(link);
});

const serverSchema = z.strictObject({
  $schema: z.literal('https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json'),
  name: z.string().regex(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/),
  title: z.string().max(100),
  description: z.string().min(1).max(100),
  version: z.string(),
  packages: z.tuple([
    z.strictObject({
      registryType: z.literal('npm'),
      identifier: z.string(),
      version: z.string(),
      runtimeHint: z.literal('npx'),
      transport: z.strictObject({ type: z.literal('stdio') }),
      packageArguments: z.array(
        z.strictObject({
          type: z.literal('named'),
          name: z.string().startsWith('--'),
          description: z.string(),
          format: z.enum(['string', 'number', 'boolean', 'filepath']),
          isRepeated: z.boolean().optional(),
        }),
      ),
      environmentVariables: z.array(
        z.strictObject({
          name: z.string(),
          description: z.string(),
          isSecret: z.boolean().optional(),
          default: z.string().optional(),
          placeholder: z.string().optional(),
          choices: z.array(z.string()).optional(),
        }),
      ),
    }),
  ]),
});

it('server.json describes this package, its options and its variables', () => {
  const entry = serverSchema.parse(JSON.parse(read('server.json')));
  const [npm] = entry.packages;
  const { name, version, mcpName } = z
    .object({ name: z.string(), version: z.string(), mcpName: z.string() })
    .parse(JSON.parse(read('package.json')));
  expect([entry.name, npm.identifier, entry.version, npm.version]).toEqual([mcpName, name, version, version]);
  // Where the registry looks whether the package is ours.
  expect(read('README.md')).toContain(`mcp-name: ${mcpName}`);
  for (const argument of npm.packageArguments) {
    const option = allOptions.find((known) => `--${known.name}` === argument.name);
    expect(option).toMatchObject({ isPath: argument.format === 'filepath' });
    expect(option?.multiple ?? false).toBe(argument.isRepeated ?? false);
  }
  for (const { name: variable, isSecret = false, default: usual, choices = [] } of npm.environmentVariables) {
    const option = allOptions.find((known) => known.variable === variable);
    expect(option?.isSecret ?? false, variable).toBe(isSecret);
    for (const value of [usual, ...choices]) {
      if (value !== undefined) expect(readChoice([], { [variable]: value })).toMatchObject({ kind: 'serve' });
    }
    // What is said to be the default is what happens without it.
    if (usual !== undefined) {
      const { env: _, ...same } = readServe({ [variable]: usual });
      const { env: __, ...none } = readServe({});
      expect(same).toEqual(none);
    }
  }
});

function readServe(env: Readonly<Record<string, string>>) {
  const choice = readChoice([], env);
  if (choice.kind !== 'serve') throw new Error(choice.kind);
  return choice;
}
