import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'atelier-import-rules-'));
  const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
  writeFileSync(join(folder, 'biome.json'), JSON.stringify({ ...config, $schema: undefined, vcs: { enabled: false } }));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Whether the repository's rules refuse this import in this file. */
function isRefused(file: string, specifier: string): boolean {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `import { thing } from '${specifier}';\n\nexport const other = thing;\n`);
  const { stdout, stderr } = spawnSync(join(root, 'node_modules', '.bin', 'biome'), ['lint', file], {
    cwd: folder,
    encoding: 'utf8',
  });
  return `${stdout}${stderr}`.includes('noRestrictedImports');
}

describe('import rules', () => {
  it.each([
    ['packages/sdk/src/image/planted.ts', '../assets/library.ts'],
    ['packages/sdk/src/image/planted.ts', '../agent/session.ts'],
    ['packages/sdk/src/assets/planted.ts', '../capabilities/vision.ts'],
    ['packages/sdk/src/capabilities/ask/planted.ts', '../../agent/session.ts'],
    ['packages/sdk/src/capabilities/ask/planted.ts', '../../tools/tools.ts'],
    ['packages/sdk/src/capabilities/ask/planted.ts', '@atelier/local'],
    ['packages/sdk/src/history/planted.ts', '../tools/tools.ts'],
    ['packages/sdk/src/tools/planted.ts', '../agent/session.ts'],
    ['packages/sdk/src/agent/planted.ts', '@atelier/local'],
    ['packages/sdk/src/errors/planted.ts', '../image/image.ts'],
    ['packages/sdk/src/triton/backend/planted.ts', '../../agent/session.ts'],
    ['packages/sdk/src/triton/backend/planted.ts', '../../tools/tools.ts'],
    ['packages/sdk/src/triton/planted.ts', '@atelier/local'],
    ['packages/sdk/src/triton/wire/planted.ts', '../http/http-transport.ts'],
    ['packages/sdk/src/triton/wire/planted.ts', 'node:fs'],
    ['packages/local/src/planted.ts', '@atelier/cli'],
    ['packages/local/src/planted.ts', '../../sdk/src/index.ts'],
    ['packages/cli/src/planted.ts', '../../local/src/index.ts'],
    ['packages/cli/src/planted.ts', '../../server/src/index.ts'],
    ['packages/local/src/planted.ts', '@atelier/server'],
    ['packages/server/src/planted.ts', '@atelier/cli'],
    ['packages/server/src/http/planted.ts', '../../../sdk/src/index.ts'],
    ['packages/server/src/jobs/planted.ts', '../engine/engine.ts'],
    ['packages/server/src/jobs/planted.ts', '@dbos-inc/dbos-sdk'],
    ['packages/server/src/client/planted.ts', 'node:fs'],
    ['packages/server/src/planted.ts', '@atelier/mcp-server'],
    ['packages/mcp-server/src/planted.ts', '@atelier/server'],
    ['packages/mcp-server/src/planted.ts', '@atelier/server/node'],
    ['packages/mcp-server/src/planted.ts', '@atelier/cli'],
    ['packages/mcp-server/src/planted.ts', '../../sdk/src/index.ts'],
  ])('refuse, in %s, %s', (file, specifier) => {
    expect(isRefused(file, specifier)).toBe(true);
  });

  it.each([
    ['packages/sdk/src/agent/planted.ts', '../tools/tools.ts'],
    ['packages/sdk/src/capabilities/ask/planted.ts', '../../image/image.ts'],
    ['packages/sdk/src/triton/backend/planted.ts', '../../capabilities/capability.ts'],
    ['packages/sdk/src/triton/backend/planted.ts', '../client.ts'],
    ['packages/sdk/src/triton/wire/planted.ts', '../errors.ts'],
    ['packages/local/src/planted.ts', '@atelier/sdk'],
    ['packages/cli/src/planted.ts', '@atelier/local'],
    ['packages/cli/src/planted.ts', '@atelier/server'],
    ['packages/server/src/engine/planted.ts', '../jobs/job.ts'],
    ['packages/server/src/jobs/planted.ts', '@atelier/sdk'],
    ['packages/mcp-server/src/workshop/planted.ts', '../people/people.ts'],
    ['packages/mcp-server/src/planted.ts', '@atelier/server/client'],
    ['packages/mcp-server/src/planted.ts', '@atelier/local'],
  ])('allow, in %s, %s', (file, specifier) => {
    expect(isRefused(file, specifier)).toBe(false);
  });
});
