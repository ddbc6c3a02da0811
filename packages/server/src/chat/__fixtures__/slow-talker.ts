import { setTimeout as delay } from 'node:timers/promises';
import type { fiveStepBrain } from '../../__fixtures__/five-steps/brain.ts';

type Brain = ReturnType<typeof fiveStepBrain>;
type Stream = Awaited<ReturnType<Brain['doStream']>>['stream'];

/** The same brain, with time between the pieces of what it says: longer than live events are gathered. */
export const slowTalker = (brain: Brain, milliseconds: number): Brain => ({
  ...brain,
  async doStream(options) {
    const { stream, ...rest } = await brain.doStream(options);
    return { ...rest, stream: ReadableStream.from(slow(stream, milliseconds)) };
  },
});

async function* slow(stream: Stream, milliseconds: number) {
  for await (const part of stream) {
    if (part.type === 'text-delta') await delay(milliseconds);
    yield part;
  }
}
