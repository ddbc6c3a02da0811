// Writes what is derived from the sources: the index of adjust operations, the gRPC messages, the tables in the README and in
// docs/mcp.md, and the registry's entry of the MCP server.
// `--check` writes nothing and fails when something is out of date.
import { readFile, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { generateOperationsIndex } from '../packages/sdk/scripts/generate-operations.ts';
import { generateProtoDescriptor } from '../packages/sdk/scripts/generate-proto.ts';

const check = process.argv.includes('--check');
let stale = false;
// One after the other: the README's tables list what the index holds. Their generator imports the index, and a module is
// loaded once, so it must not be imported before the index is written.
for (const load of [
  async () => generateOperationsIndex,
  async () => generateProtoDescriptor,
  async () => (await import('./generate-readme.ts')).generateReadme,
  async () => (await import('../packages/mcp-server/scripts/generate.ts')).generateManual,
  async () => (await import('../packages/mcp-server/scripts/generate.ts')).generateRegistryEntry,
]) {
  const generate = await load();
  const { path, content } = await generate();
  const current = await readFile(path, 'utf8').catch(() => '');
  if (current === content) continue;
  const name = relative(process.cwd(), path);
  if (check) {
    stale = true;
    console.error(`${name} is out of date: run \`npm run generate\`.`);
  } else {
    await writeFile(path, content);
    console.log(`wrote ${name}`);
  }
}
if (stale) process.exitCode = 1;
