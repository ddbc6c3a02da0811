import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { z } from 'zod';

const manifestSchema = z.object({
  name: z.string(),
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
});

export interface FoundPackage {
  readonly name: string;
  /** Where it lies. */
  readonly folder: string;
  /** Where it goes, from the bundle's root: two versions of one package stay apart as they were. */
  readonly target: string;
}

/**
 * Everything that a package needs to run, as it is installed: dependencies, and of optional ones those that are there, which are
 * the ones for this system. Throws where a dependency is not installed.
 */
export function productionPackages(start: string, root: string): FoundPackage[] {
  const found = new Map<string, FoundPackage>();
  const visit = (folder: string): void => {
    const { name: asker, dependencies, optionalDependencies } = manifestOf(folder);
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      // Types run nowhere.
      if (name.startsWith('@types/') || name === '@webgpu/types') continue;
      const place = locate(name, folder, root);
      if (place === undefined) {
        if (name in optionalDependencies) continue;
        throw new Error(`${asker} needs ${name}, which is not installed: run npm install.`);
      }
      const real = realpathSync(place);
      if (found.has(real)) continue;
      found.set(real, { name, folder: real, target: targetOf(place, root, found) });
      visit(real);
    }
  };
  visit(start);
  return [...found.values()].sort((a, b) => (a.target < b.target ? -1 : 1));
}

const manifestOf = (folder: string) =>
  manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));

/** As Node looks for packages: in `node_modules` of the folder and of those above it. */
function locate(name: string, from: string, root: string): string | undefined {
  for (let folder = from; folder.startsWith(root); folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name);
    if (existsSync(join(place, 'package.json'))) return place;
    if (folder === dirname(folder)) return undefined;
  }
  return undefined;
}

/** A workspace's own `node_modules` moves with the workspace, which is a link in those of the root. */
function targetOf(place: string, root: string, found: ReadonlyMap<string, FoundPackage>): string {
  const own = [...found.values()].find(({ folder }) => place.startsWith(`${folder}${sep}`));
  const path = own === undefined ? relative(root, place) : join(own.target, relative(own.folder, place));
  return path
    .split(sep)
    .join('/')
    .replace(/^packages\/mcp-server\//, 'server/');
}
