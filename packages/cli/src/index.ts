import { exitCodes } from './exit-codes.ts';
import { main } from './main.ts';

const stop = new AbortController();

// The first signal ends the command in order; the second, when somebody is in a hurry, at once.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (stop.signal.aborted) {
      if (process.stderr.isTTY) process.stderr.write('\x1b[?25h');
      process.exit(exitCodes.interrupted);
    }
    stop.abort();
  });
}

// "atelier detect photo.png | head -1" closes the pipe before everything is written: nobody wants to read about that.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  env: process.env,
  isTty: {
    stdin: Boolean(process.stdin.isTTY),
    stdout: Boolean(process.stdout.isTTY),
    stderr: Boolean(process.stderr.isTTY),
  },
  signal: stop.signal,
});
