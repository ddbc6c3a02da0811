import './stdio/console-to-stderr.ts';
import { exitCodes } from './command/exit-codes.ts';
import { main } from './command/main.ts';

const stop = new AbortController();

// The first signal ends the server in order; the second, when somebody is in a hurry, at once.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (stop.signal.aborted) process.exit(exitCodes.failed);
    stop.abort();
  });
}

// Hosts that go away close these at any time: nobody is left to read about it.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await main(process.argv.slice(2), process.env, {
  stdout: process.stdout,
  stderr: process.stderr,
  signal: stop.signal,
});
// Does nothing where all is closed: it keeps nothing alive. A connection that would, must not outlive the host.
setTimeout(() => process.exit(), 3000).unref();
