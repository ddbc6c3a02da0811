import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
// @ts-expect-error Plain JavaScript, so that it runs without a build.
import { findChromium } from './scripts/chromium.mjs';

const hasPython = existsSync(fileURLToPath(new URL('./.venv/.atelier-setup', import.meta.url)));
if (!hasPython && process.env.CI) throw new Error('No Python test environment: run `node scripts/python.mjs`.');

const hasChromium = findChromium() !== undefined;
if (!hasChromium && process.env.CI) throw new Error('No Chromium: run `node scripts/chromium.mjs`.');

/** In a browser. */
const pageTests = ['packages/*/src/**/*.page.test.ts'];
const serverTests = ['packages/*/src/**/*.server.test.ts'];
const postgresTests = ['packages/*/src/**/*.postgres.test.ts'];
const modelTests = ['packages/triton-models/test/**/*.models.test.ts'];
const miniatureTests = ['packages/*/test/**/*.miniature.test.ts'];
const shared = {
  resolve: { conditions: ['atelier-source'] },
  ssr: { resolve: { conditions: ['atelier-source'] } },
};
const sharedTest = {
  testTimeout: 60_000,
  hookTimeout: 120_000,
  pool: 'forks' as const,
  execArgv: ['--conditions=atelier-source'],
};

export default defineConfig({
  test: {
    // Tests against servers mostly wait; on two cores vitest would run one file at a time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        ...shared,
        test: {
          ...sharedTest,
          name: 'plain',
          include: ['packages/*/src/**/*.test.ts', 'packages/*/test/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: [
            ...[...serverTests, ...modelTests, ...miniatureTests, ...postgresTests],
            ...(hasChromium ? [] : pageTests),
          ],
        },
      },
      // Needs a real tritonserver, from the Python test environment.
      {
        ...shared,
        test: {
          ...sharedTest,
          name: 'server',
          include: hasPython ? serverTests : [],
          globalSetup: ['packages/sdk/src/triton/__fixtures__/global-setup.ts'],
        },
      },
      // Needs a real Postgres: the embedded one, each file with a database of its own.
      {
        ...shared,
        test: {
          ...sharedTest,
          name: 'postgres',
          include: postgresTests,
          globalSetup: ['packages/server/src/__fixtures__/postgres.ts'],
        },
      },
      // Needs the model repository served with random weights.
      {
        ...shared,
        test: {
          ...sharedTest,
          name: 'models',
          // One file after the other: they look at what the one server has counted.
          fileParallelism: false,
          include: hasPython ? modelTests : [],
          globalSetup: ['packages/triton-models/test/global-setup.ts'],
        },
      },
      // Needs the model repository served in miniature.
      {
        ...shared,
        test: {
          ...sharedTest,
          name: 'miniature',
          // They share two cores with the server.
          fileParallelism: false,
          include: hasPython ? miniatureTests : [],
          globalSetup: ['packages/triton-models/test/miniature/global-setup.ts'],
        },
      },
    ],
  },
});
