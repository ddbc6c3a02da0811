// What is derived of this package: the options' table in docs/mcp.md, and the version in server.json. `npm run generate` writes it.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readVersion } from '../src/command/version.ts';
import { optionTable, withTable } from './docs-tables.ts';

interface Generated {
  readonly path: string;
  readonly content: string;
}

export async function generateManual(): Promise<Generated> {
  const path = fileURLToPath(new URL('../../../docs/mcp.md', import.meta.url));
  return { path, content: withTable(await readFile(path, 'utf8'), 'options', optionTable()) };
}

export async function generateRegistryEntry(): Promise<Generated> {
  const path = fileURLToPath(new URL('../server.json', import.meta.url));
  const entry = await readFile(path, 'utf8');
  return { path, content: entry.replace(/"version": "[^"]*"/g, `"version": "${readVersion()}"`) };
}
