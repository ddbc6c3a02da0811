import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** What Node is started with to run the command from its sources. */
export const fromSources: readonly string[] = ['--conditions=atelier-source', path('../cli.ts')];

/** The same from `dist`, as people run it; from sources where nothing is built. */
export const asShipped = (): readonly string[] =>
  existsSync(path('../../dist/cli.js')) ? [path('../../bin/atelier-mcp.js')] : fromSources;
