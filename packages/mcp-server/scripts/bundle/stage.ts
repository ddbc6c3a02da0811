import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createMcpApp } from '../../src/app.ts';
import { mcpTools } from '../../src/tools/tools.ts';
import { inProcessWorkshops } from '../../src/workshop/in-process/in-process-workshops.ts';
import { isKept } from './kept-files.ts';
import { bundleManifest } from './manifest.ts';
import { type FoundPackage, productionPackages } from './production-packages.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const ours = join(root, 'packages', 'mcp-server');

/** Puts the bundle's files into an empty folder: the manifest, the built server, and what it needs to run on this system. Throws where something is not built. */
export function stageBundle(folder: string): void {
  const server: FoundPackage = { name: '@atelier/mcp-server', folder: ours, target: 'server' };
  const packages = productionPackages(ours, root.replace(/[\\/]$/, ''));
  for (const { name, folder: from, target } of [server, ...packages]) {
    const isOurs = name.startsWith('@atelier/');
    if (isOurs && !existsSync(join(from, 'dist'))) throw new Error(`${name} is not built: run npm run build.`);
    for (const path of filesBelow(from, isOurs ? ['dist', 'bin'] : undefined)) {
      if (isKept(name, path)) copy(join(from, path), join(folder, target, path));
    }
  }
  const manifest = bundleManifest(offeredTools(), process.platform);
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  copy(join(ours, 'LICENSE'), join(folder, 'LICENSE'));
}

/** With a folder for results; nothing is opened. */
function offeredTools() {
  const workshops = inProcessWorkshops({ studio: () => Promise.reject(new Error('nobody calls')), approve: 'never' });
  return mcpTools(createMcpApp({ workshops, output: '.' }).settings);
}

/** Paths from the folder, with slashes. @param only folders of packages of ours that are published */
function filesBelow(folder: string, only: readonly string[] | undefined): string[] {
  const below = (start: string): string[] =>
    readdirSync(join(folder, start), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .split(sep)
          .join('/'),
      );
  if (only === undefined) return below('.').filter((path) => !path.includes('node_modules/'));
  const own = readdirSync(folder).filter((name) => name === 'package.json' || name.startsWith('LICENSE'));
  return [...own, ...only.filter((name) => existsSync(join(folder, name))).flatMap(below)];
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}
