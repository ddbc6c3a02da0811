import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getMcpConfigForManifest, MANIFEST_SCHEMAS, packExtension, unpackExtension } from '@anthropic-ai/mcpb';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleManifest } from '../scripts/bundle/manifest.ts';
import { stageBundle } from '../scripts/bundle/stage.ts';
import { bundleSettings } from '../scripts/bundle/user-config.ts';
import { viewerUri } from '../src/apps/app-meta.ts';
import { readChoice } from '../src/command/choice.ts';
import { allOptions } from '../src/command/options.ts';

const manifest = MANIFEST_SCHEMAS['0.3'].parse(bundleManifest([{ name: 'x', title: 'X' }], process.platform));
const place = { cwd: '/work', home: '/home/lee', platform: 'linux' } as const;

/** What a host starts, by the format's own reading of it. */
async function started(extensionPath: string, userConfig: Record<string, string | boolean | string[]>) {
  const config = await getMcpConfigForManifest({
    manifest,
    extensionPath,
    systemDirs: {},
    userConfig,
    pathSeparator: '/',
  });
  if (config === undefined) throw new Error('The host would not start it.');
  return { command: config.command, args: config.args ?? [], env: config.env ?? {} };
}

describe('the settings of the bundle', () => {
  it('have titles and descriptions, need nothing, and say what is secret', () => {
    for (const [name, setting] of Object.entries(manifest.user_config ?? {})) {
      expect(setting.title.length, name).toBeGreaterThan(3);
      expect(setting.description.length, name).toBeGreaterThan(10);
      expect(setting.required, name).toBe(false);
      const option = allOptions.find(({ variable }) => variable === bundleSettings[name]?.variable);
      expect(setting.sensitive ?? false, name).toBe(option?.isSecret ?? false);
    }
    for (const variable of Object.keys(manifest.server.mcp_config.env ?? {})) {
      expect(allOptions.map((option) => option.variable)).toContain(variable);
    }
  });

  it('left as they are, keep everything on this machine', async () => {
    const { args, env } = await started('/bundle', {});
    expect(args).toEqual(['/bundle/server/bin/atelier-mcp.js']);
    const { env: _, ...choice } = serveChoice(args.slice(1), env);
    const { env: __, ...usual } = serveChoice([], {});
    expect(choice).toEqual(usual);
  });

  it('left out by a host that passes the placeholders themselves, too', () => {
    const { args = [], env = {} } = manifest.server.mcp_config;
    expect(serveChoice(args.slice(1), env)).toEqual(serveChoice([], {}));
  });

  it('become what they say', async () => {
    const { args, env } = await started('/bundle', {
      folders: ['/home/lee/Pictures', '/home/lee/more pictures'],
      output: '/home/lee/edited',
      images: false,
      triton_url: 'http://gpu-box:8000',
      triton_token: 'secret',
      brain: 'openai:some-model',
      openai_key: 'key',
      language: 'ko',
    });
    expect(serveChoice(args.slice(1), env)).toMatchObject({
      roots: ['/home/lee/Pictures', '/home/lee/more pictures'],
      output: '/home/lee/edited',
      images: 'off',
      language: 'ko',
      work: {
        brain: 'openai:some-model',
        server: { options: { url: 'http://gpu-box:8000', token: 'secret' } },
      },
      env: { OPENAI_API_KEY: 'key' },
    });
  });

  function serveChoice(argv: readonly string[], env: Readonly<Record<string, string>>) {
    const choice = readChoice(argv, env, place);
    if (choice.kind !== 'serve') throw new Error(choice.kind);
    return choice;
  }
});

describe('the bundle, unpacked where nothing else is installed', () => {
  let top = '';
  let unpacked = '';
  let pictures = '';
  beforeAll(async () => {
    for (const name of ['sdk', 'local', 'mcp-server']) {
      const built = new URL(`../../${name}/dist/index.js`, import.meta.url);
      if (!existsSync(built)) throw new Error(`packages/${name} is not built: run npm run build.`);
    }
    top = await mkdtemp(join(tmpdir(), 'atelier-bundle-'));
    [unpacked, pictures] = [join(top, 'unpacked'), join(top, 'pictures')];
    await mkdir(join(top, 'staged'));
    await mkdir(pictures);
    await cp(fileURLToPath(new URL('../../../photos/coffee.png', import.meta.url)), join(pictures, 'coffee.png'));
    stageBundle(join(top, 'staged'));
    const file = join(top, 'atelier.mcpb');
    expect(await packExtension({ extensionPath: join(top, 'staged'), outputPath: file, silent: true })).toBe(true);
    // Hosts take hundreds; people should not wait for them.
    expect((await stat(file)).size).toBeLessThan(40e6);
    expect(await unpackExtension({ mcpbPath: file, outputDir: unpacked, silent: true })).toBe(true);
  });
  afterAll(() => rm(top, { recursive: true, force: true }));

  it('starts, lists the tools of its manifest, and looks, cuts out and saves with its own models', async () => {
    const { args, env } = await started(unpacked, { folders: [pictures], output: join(top, 'edited'), images: false });
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [...args],
      // No NODE_PATH, no NODE_OPTIONS, nobody's settings.
      env: { ...env, ATELIER_DIR: join(top, 'data'), HOME: top },
      cwd: top,
      stderr: 'pipe',
    });
    const client = new Client({ name: 'bundle-test', version: '1.0.0' });
    await client.connect(transport);
    try {
      const { tools } = await client.listTools();
      const written = MANIFEST_SCHEMAS['0.3'].parse(
        JSON.parse(await readFile(join(unpacked, 'manifest.json'), 'utf8')),
      );
      expect(tools.map(({ name }) => name)).toEqual(written.tools?.map(({ name }) => name));
      const [page] = (await client.readResource({ uri: viewerUri })).contents;
      expect(page && 'text' in page && page.text).toContain('</html>');
      const call = async (name: string, input: Record<string, unknown>) => {
        const result = await client.callTool({ name, arguments: input });
        expect(result.isError ?? false, JSON.stringify(result.content)).toBe(false);
        return result.structuredContent;
      };
      const image = join(pictures, 'coffee.png');
      expect(await call('detect_objects', { image, phrases: ['cup'] })).toMatchObject({
        detections: [expect.objectContaining({ label: 'cup' })],
      });
      expect(await call('detect_objects', { image, phrases: ['face'] })).toMatchObject({ detections: [] });
      expect(await call('segment_object', { image, phrase: 'the cup' })).toMatchObject({ mask: expect.any(String) });
      const saved = join(top, 'edited', 'copy.webp');
      expect(await call('save_image', { image, name: 'copy.webp' })).toMatchObject({ path: saved });
      expect((await stat(saved)).size).toBeGreaterThan(1000);
    } finally {
      await client.close();
    }
  });
});
