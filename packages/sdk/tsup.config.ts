import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    'agent/brains/index': 'src/agent/brains/index.ts',
    index: 'src/index.ts',
    'image/index': 'src/image/index.ts',
    'errors/index': 'src/errors/index.ts',
    'testing/index': 'src/testing/index.ts',
    tools: 'src/tools.ts',
    'triton/index': 'src/triton/index.ts',
    'triton/launch/index': 'src/triton/launch/index.ts',
    'capabilities/adjust/index': 'src/capabilities/adjust/index.ts',
  },
  format: 'esm',
  target: 'node22',
  clean: true,
});
