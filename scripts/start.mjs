// `npm start -- ARGS` is the CLI; `npm start` alone shows the main job on the sample photograph, then serves the agent API until
// Ctrl-C; `--once` ends after the sample.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { build } from './build.mjs';
import { pinnedNode, root, setup } from './setup.mjs';

setup();
build();
// Where the examples write; git ignores it.
mkdirSync(join(root, 'out'), { recursive: true });
const args = process.argv.slice(2);
const once = args.length === 1 && args[0] === '--once';
const cli = join(root, 'packages', 'cli', 'bin', 'atelier.js');
if (args.length > 0 && !once) {
  // npm runs scripts in the repository; the photographs a person names are relative to where they stand.
  process.exit(await start(args, process.env.INIT_CWD ?? process.cwd()));
}
const photo = join(root, 'photos', 'coffee.png');
const output = join(root, 'out', 'coffee-without-cup.png');
console.error(`atelier edit photos/coffee.png "remove the cup" -o out/coffee-without-cup.png\n`);
const code = await start(['edit', photo, 'remove the cup', '-o', output], root);
if (once || code !== 0) process.exit(code);
console.error('\natelier serve\n');
process.exit(await start(['serve', '--sample', photo], root));

/** Becomes the command line as far as can be: lives as long, and hands on what asks to stop. Returns the exit code. */
function start(argv, folder) {
  const env = { ...process.env, PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter) };
  const child = spawn(pinnedNode, [cli, ...argv], { cwd: folder, stdio: 'inherit', env });
  // A terminal sends Ctrl-C to both by itself; the command ends in its own time.
  const stay = () => {};
  const handOn = (signal) => child.kill(signal);
  process.on('SIGINT', stay);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, handOn);
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => {
      process.off('SIGINT', stay);
      for (const name of ['SIGTERM', 'SIGHUP']) process.off(name, handOn);
      resolve(signal ? 130 : (code ?? 1));
    });
  });
}
