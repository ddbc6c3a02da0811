// `npm start -- ARGS` is the CLI; `npm start` alone shows the main job on the sample photograph.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { build } from './build.mjs';
import { pinnedNode, root, setup } from './setup.mjs';

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
  start([...args], cwd);
} else {
  const photo = join(root, 'photos', 'coffee.png');
  const output = join(root, 'out', 'coffee-without-cup.png');
  console.error(`atelier edit photos/coffee.png "remove the cup" -o out/coffee-without-cup.png\n`);
  start(['edit', photo, 'remove the cup', '-o', output], root);
}

/** Becomes the command line as far as can be: lives as long, and hands on what asks to stop. */
function start(argv, folder) {
  const env = { ...process.env, PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter) };
  const child = spawn(pinnedNode, [cli, ...argv], { cwd: folder, stdio: 'inherit', env });
  // A terminal sends Ctrl-C to both by itself; the command ends in its own time.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 130 : (code ?? 1)));
}
