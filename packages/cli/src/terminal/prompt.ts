import { createInterface } from 'node:readline';
import type { Io } from '../io.ts';

/**
 * One line from the person, without its line break; undefined at the end of the input or when the command is stopped.
 * The terminal keeps its own line editing, so that Ctrl-C reaches the process as everywhere else.
 */
export function askLine(io: Io, question: string): Promise<string | undefined> {
  io.stderr.write(question);
  // Ctrl-D at an earlier question: what has ended once tells nobody so again.
  if (isEnded(io.stdin)) {
    io.stderr.write('\n');
    return Promise.resolve(undefined);
  }
  const lines = createInterface({ input: io.stdin, terminal: false });
  return new Promise((resolve) => {
    const end = (line?: string) => {
      io.signal.removeEventListener('abort', onAbort);
      lines.removeAllListeners();
      lines.close();
      resolve(line);
    };
    /** Without an answer: what is written next begins on a line of its own. */
    const onAbort = () => {
      io.stderr.write('\n');
      end();
    };
    lines.once('line', (line) => end(line));
    lines.once('close', onAbort);
    if (io.signal.aborted) onAbort();
    else io.signal.addEventListener('abort', onAbort);
  });
}

const isEnded = (input: NodeJS.ReadableStream): boolean => 'readableEnded' in input && input.readableEnded === true;
