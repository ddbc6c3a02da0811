#!/usr/bin/env node
import { existsSync } from 'node:fs';

const built = new URL('../dist/cli.js', import.meta.url);

// Written for Node versions that could not load anything else. stdout belongs to the protocol.
function refuse(message, hint) {
  process.stderr.write(`error: ${message}\nhint: ${hint}\n`);
  process.exitCode = 1;
}

if (Number.parseInt(process.versions.node, 10) < 22) {
  refuse(`atelier-mcp needs Node 22 or later; this is ${process.version}`, 'Install it from https://nodejs.org');
} else if (existsSync(built)) {
  await import(built.href);
} else {
  refuse('atelier-mcp is not built yet', 'Run "npm run build" in the repository, then try again');
}
