// Writes what is derived: the options' table in docs/mcp.md, and the version in server.json.
// `node --conditions=atelier-source packages/mcp-server/scripts/generate.ts`; tests hold that nothing is out of date.
import { readFileSync, writeFileSync } from 'node:fs';
import { readVersion } from '../src/command/version.ts';
import { optionTable, withTable } from './docs-tables.ts';

const manual = new URL('../../../docs/mcp.md', import.meta.url);
writeFileSync(manual, withTable(readFileSync(manual, 'utf8'), 'options', optionTable()));

const entry = new URL('../server.json', import.meta.url);
const versions = /"version": "[^"]*"/g;
writeFileSync(entry, readFileSync(entry, 'utf8').replace(versions, `"version": "${readVersion()}"`));
