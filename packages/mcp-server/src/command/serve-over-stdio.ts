import { randomUUID } from 'node:crypto';
import type { McpApp } from '../app.ts';
import type { ServeChoice } from './choice.ts';
import type { CommandIo } from './main.ts';
import { say } from './say.ts';

/** Serves the host on this process's streams until it closes them or the signal fires. */
export async function serveOverStdio(app: McpApp, choice: ServeChoice, { stderr, signal }: CommandIo): Promise<void> {
  const { stdin, stdout } = process;
  const gone = new Promise<void>((leave) => {
    // `pause`: what reads it has given up, as it does at a message without end; nobody else pauses it.
    for (const event of ['end', 'close', 'pause'] as const) stdin.once(event, leave);
    // A host that reads no more is gone, too.
    stdout.once('error', leave);
    signal.addEventListener('abort', () => leave(), { once: true });
    if (signal.aborted) leave();
  });
  // A conversation goes on where it was, also when the model names no session.
  const session = choice.session ?? `session_${randomUUID().replaceAll('-', '')}`;
  const handle = app.serveStdio({ session, onerror: (error) => say(stderr, 'error', error.message) });
  if (stdin.isTTY) say(stderr, 'note', 'an MCP host is meant to start this and talk on standard input; see --help');
  await gone;
  await handle.close();
}
