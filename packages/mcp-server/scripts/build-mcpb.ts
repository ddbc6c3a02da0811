// Builds the desktop bundle for this system: `node --conditions=atelier-source packages/mcp-server/scripts/build-mcpb.ts [FILE]`.
// FILE: default out/atelier.mcpb. The packages must be built (npm run build).
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packExtension } from '@anthropic-ai/mcpb';
import { stageBundle } from './bundle/stage.ts';

const [written = fileURLToPath(new URL('../../../out/atelier.mcpb', import.meta.url))] = process.argv.slice(2);
const file = resolve(written);
const folder = mkdtempSync(join(tmpdir(), 'atelier-mcpb-'));
try {
  stageBundle(folder);
  if (!(await packExtension({ extensionPath: folder, outputPath: file, silent: true }))) {
    throw new Error('The bundle could not be packed.');
  }
  const megabytes = (statSync(file).size / 1e6).toFixed(1);
  console.error(`${file}: ${megabytes} MB, for ${process.platform} on ${process.arch}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
