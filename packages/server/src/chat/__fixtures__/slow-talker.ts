import { setTimeout as delay } from 'node:timers/promises';
import type { LanguageModelV4 } from '@ai-sdk/provider';

/** The same brain, with time between the pieces of what it says: longer than live events are gathered. */
export const slowTalker = (brain: LanguageModelV4, milliseconds: number): LanguageModelV4 => ({
  ...brain,
  async doStream(options) {
    const { stream, ...rest } = await brain.doStream(options);
    async function* slow(): typeof stream extends ReadableStream<infer Part> ? AsyncGenerator<Part> : never {
      for await (const part of stream) {
        if (part.type === 'text-delta') await delay(milliseconds);
        yield part;
      }
    }
    return { ...rest, stream: ReadableStream.from(slow()) };
  },
});
