// `npm start -- ARGS` is the CLI; `npm start` alone shows the main job on the sample photograph.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { pinnedNode, root, run, setup } from './setup.mjs';

setup();
build();
// Where the examples write; git ignores it.
mkdirSync(join(root, 'out'), { recursive: true });
// `--once` is for the day when the server keeps running after the sample.
const args = process.argv.slice(2).filter((argument) => argument !== '--once');
const cli = join(root, 'packages', 'cli', 'bin', 'atelier.js');
// npm runs scripts in the repository; the photographs a person names are relative to where they stand.
const cwd = process.env.INIT_CWD ?? process.cwd();
if (args.length > 0) {
  process.exit(run(pinnedNode, [cli, ...args], { cwd }));
}
const photo = join(root, 'photos', 'coffee.png');
const output = join(root, 'out', 'coffee-without-cup.png');
console.error(`atelier edit photos/coffee.png "remove the cup" -o out/coffee-without-cup.png\n`);
process.exit(run(pinnedNode, [cli, 'edit', photo, 'remove the cup', '-o', output], { cwd: root }));
