/** Tasks for the pool's own tests; they misbehave in every way a real one could. */
import { threadId } from 'node:worker_threads';
import { AtelierError } from '@atelier/sdk/errors';
import type { TaskHandler } from '../task.ts';

const handle = <Input, Output>(handler: TaskHandler<Input, Output>) => ({ default: handler });
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export const testTasks = {
  thread: async () => handle(() => threadId),
  other: async () => handle(() => threadId),
  wait: async () =>
    handle(async (milliseconds: number) => {
      await sleep(milliseconds);
      return threadId;
    }),
  spin: async () =>
    handle((_: unknown, report) => {
      report(0.1);
      for (;;);
    }),
  exit: async () => handle(() => process.exit(3)),
  throwLater: async () =>
    handle(async () => {
      setTimeout(() => {
        throw new Error('thrown outside of the job');
      });
      await sleep(10_000);
    }),
  fillHeap: async () =>
    handle(() => {
      const kept: number[][] = [];
      for (;;) kept.push(new Array(1_000_000).fill(1.5));
    }),
  failKnown: async () =>
    handle(() => {
      throw new AtelierError({
        code: 'mask-invalid',
        message: 'the mask is empty',
        hint: 'draw one',
        isRetryable: true,
        details: { area: 0 },
      });
    }),
  failUnknown: async () =>
    handle(() => {
      throw new TypeError('not a function');
    }),
  progress: async () =>
    handle((fractions: number[], report) => {
      for (const fraction of fractions) report(fraction);
    }),
  double: async () =>
    handle(({ data }: { data: Uint8Array }) => ({ nested: [{ data: data.map((byte) => byte * 2) }] })),
  print: async () => handle(() => console.log('a library prints')),
};
