import { randomUUID } from 'node:crypto';
import type { McpApp } from '../app.ts';
import { patientStdio } from '../stdio/patient-stdio.ts';
import { readerGone } from '../stdio/reader-gone.ts';
import type { ServeChoice } from './choice.ts';
import type { CommandIo } from './main.ts';
import { say } from './say.ts';

/** Milliseconds in which what was asked before the end of the input must be answered. */
const answerMs = 5000;

/**
 * Serves the host on this process's streams until it closes them, and what it asked for before is answered, or until the signal
 * fires.
 */
export async function serveOverStdio(app: McpApp, choice: ServeChoice, { stderr, signal }: CommandIo): Promise<void> {
  const { stdin, stdout } = process;
  const { transport, done } = patientStdio(stdin, stdout, { answerMs, isReaderGone: readerGone(stdout.fd) });
  const stopped = new Promise<void>((leave) => {
    signal.addEventListener('abort', () => leave(), { once: true });
    if (signal.aborted) leave();
  });
  // A conversation goes on where it was, also when the model names no session.
  const session = choice.session ?? `session_${randomUUID().replaceAll('-', '')}`;
  const onerror = (error: Error): void => say(stderr, 'error', error.message);
  const handle = app.serveStdio({ session, transport, onerror });
  if (stdin.isTTY) say(stderr, 'note', 'an MCP host is meant to start this and talk on standard input; see --help');
  await Promise.race([done, stopped]);
  await handle.close();
}
