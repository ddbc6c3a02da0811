import { mkdir, writeFile } from 'node:fs/promises';
import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { index: 'src/index.ts', cli: 'src/cli.ts' },
  format: 'esm',
  target: 'node22',
  clean: true,
  // The client of the agent API holds no dependencies; the package around it is a whole server.
  noExternal: ['@atelier/server'],
  async onSuccess() {
    // At run time, by Node: in this bundled configuration it would not find its own sources.
    const { buildViewer } = await import(new URL('./src/apps/build-viewer.ts', import.meta.url).href);
    const folder = new URL('./dist/apps/', import.meta.url);
    await mkdir(folder, { recursive: true });
    await writeFile(new URL('viewer.html', folder), await buildViewer());
  },
});
