import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from './run-program.ts';

/**
 * Starts the process that leaves in our stead when we are killed. It has a process group of its own, so Ctrl-C in a terminal
 * does not reach it, and it notices our end by its closed standard input. Returns how it is ended.
 */
export function watch(folder: string, mark: string): () => Promise<void> {
  const child = spawn(process.execPath, [...entry(), folder, mark], {
    cwd: folder,
    detached: true,
    windowsHide: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: bareEnvironment(),
  });
  const ended = new Promise<void>((resolve) => {
    child.on('exit', () => resolve());
    // Without it a killed process leaves its server running until the next start in this folder; nothing else is lost.
    child.on('error', () => resolve());
  });
  child.unref();
  if ('unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref();
  child.stdin.on('error', () => {});
  return async () => {
    child.ref();
    child.kill('SIGKILL');
    await ended;
  };
}

/** From source, the file beside this one; built, an entry of its own in dist/, wherever the bundler put this code. */
function entry(): string[] {
  if (import.meta.url.endsWith('.ts')) {
    return ['--conditions=atelier-source', fileURLToPath(new URL('./watcher.ts', import.meta.url))];
  }
  const home = dirname(createRequire(import.meta.url).resolve('@atelier/server/package.json'));
  return [join(home, 'dist', 'embedded', 'watcher.js')];
}
