import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { McpTool } from '../../src/tools/mcp-tool.ts';
import { bundleSettings } from './user-config.ts';

const packageSchema = z.object({
  version: z.string(),
  description: z.string(),
  license: z.string(),
  engines: z.object({ node: z.string() }),
});

/** Where the program lies in the bundle. */
export const entryPoint = 'server/bin/atelier-mcp.js';

/** What `manifest.json` says, in version 0.3 of the format. @param tools those that are offered with a folder for results */
export function bundleManifest(tools: readonly Pick<McpTool, 'name' | 'title'>[], platform: NodeJS.Platform) {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { version, description, license, engines } = packageSchema.parse(JSON.parse(text));
  const settings = Object.entries(bundleSettings);
  const inVariables = settings.flatMap(([name, { variable }]) =>
    variable ? [[variable, placeholder(name)] as const] : [],
  );
  return {
    manifest_version: '0.3',
    name: 'atelier',
    display_name: 'Atelier',
    version,
    description,
    long_description:
      'Looks at pictures, finds and cuts out things in them, removes and repaints only them, proves that nothing else changed, and undoes. Runs on this computer: no key, no account, no network, unless you name a server or a model.',
    author: { name: 'Atelier contributors' },
    license,
    keywords: ['pictures', 'photo editing', 'vision', 'segmentation', 'inpainting'],
    server: {
      type: 'node',
      entry_point: entryPoint,
      mcp_config: {
        command: 'node',
        // Settings with several values become several words.
        args: [`\${__dirname}/${entryPoint}`, placeholder('folders')],
        env: Object.fromEntries(inVariables),
      },
    },
    tools: tools.map(({ name, title }) => ({ name, description: title })),
    prompts_generated: true,
    // The image library and its codecs are built for one system.
    compatibility: { platforms: [platform], runtimes: { node: engines.node } },
    user_config: Object.fromEntries(
      settings.map(([name, { variable: _, ...setting }]) => [name, { ...setting, required: false }]),
    ),
  };
}

const placeholder = (name: string): string => `\${user_config.${name}}`;
