import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { index: 'src/index.ts', cli: 'src/cli.ts' },
  format: 'esm',
  target: 'node22',
  clean: true,
  // The client of the agent API holds no dependencies; the package around it is a whole server.
  noExternal: ['@atelier/server'],
});
