import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    'client/index': 'src/client/index.ts',
    'node/index': 'src/node/index.ts',
    's3/index': 'src/s3/index.ts',
    // A process of its own, beside each one that uses the embedded Postgres.
    'embedded/watcher': 'src/embedded/watcher.ts',
  },
  format: 'esm',
  target: 'node22',
  clean: true,
});
