#!/usr/bin/env node
import { existsSync } from 'node:fs';

const built = new URL('../dist/index.js', import.meta.url);

// Written for Node versions that could not load anything else.
function refuse(code, message, hint) {
  if (process.argv.includes('--json')) {
    process.stdout.write(`${JSON.stringify({ command: null, status: 'failure', error: { code, message, hint } })}\n`);
  }
  process.stderr.write(`error: ${message}\nhint: ${hint}\n`);
  process.exitCode = 1;
}

if (Number.parseInt(process.versions.node, 10) < 22) {
  refuse(
    'unsupported-node',
    `atelier needs Node 22 or later; this is ${process.version}`,
    'Install it from https://nodejs.org',
  );
} else if (existsSync(built)) {
  await import(built.href);
} else {
  refuse('not-built', 'atelier is not built yet', 'Run "npm run build" in the repository, then try again');
}
