#!/usr/bin/env node
import { existsSync } from 'node:fs';

const built = new URL('../dist/index.js', import.meta.url);

if (Number.parseInt(process.versions.node, 10) < 22) {
  process.stderr.write(
    `error: atelier needs Node 22 or later; this is ${process.version}\nhint: install it from https://nodejs.org\n`,
  );
  process.exitCode = 1;
} else if (existsSync(built)) {
  await import(built.href);
} else {
  process.stderr.write(
    'error: atelier is not built yet\nhint: run "npm run build" in the repository, then try again\n',
  );
  process.exitCode = 1;
}
