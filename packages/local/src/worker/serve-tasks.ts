import { Console } from 'node:console';
import { isMarkedAsUntransferable, parentPort } from 'node:worker_threads';
import type { JobMessage, ThreadMessage } from './protocol.ts';
import { packError } from './sent-error.ts';
import type { TaskHandler } from './task.ts';

/** Modules by task name, imported when first asked for. Handlers check their own inputs. */
// biome-ignore lint/suspicious/noExplicitAny: handlers of different inputs have no common type but this one.
type TaskRegistry = Readonly<Record<string, () => Promise<{ default: TaskHandler<any, unknown> }>>>;

/** Answers the jobs that the pool posts to this thread, one at a time, until the thread is terminated. */
export function serveTasks(registry: TaskRegistry): void {
  const port = parentPort;
  if (!port) throw new Error('serveTasks runs inside a worker thread only.');
  // A library that prints must not spoil the stdout of the program that uses us.
  globalThis.console = new Console(process.stderr);
  const post = (message: ThreadMessage, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

  port.on('message', async ({ task, input }: JobMessage) => {
    try {
      const load = registry[task];
      if (!load) throw new Error(`There is no local task named "${task}".`);
      const { default: handler } = await load();
      const output = await handler(input, (fraction) => post({ type: 'progress', fraction }));
      post({ type: 'done', output }, ownedBuffers(output));
    } catch (error) {
      post({ type: 'failed', error: packError(error) });
    }
  });
}

/**
 * The buffers of a result that can be handed over instead of copied. A view of a part of a buffer is left to copying:
 * its buffer may hold somebody else's bytes (Node's pool, a wasm heap).
 */
function ownedBuffers(value: unknown, found = new Set<ArrayBuffer>()): ArrayBuffer[] {
  if (value instanceof ArrayBuffer) {
    found.add(value);
  } else if (ArrayBuffer.isView(value)) {
    const { buffer, byteLength } = value;
    if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength && !isMarkedAsUntransferable(buffer)) {
      found.add(buffer);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) ownedBuffers(part, found);
  }
  return [...found];
}
