import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { JobEvent } from '../jobs/events.ts';
import { eventStream } from './event-stream.ts';

const token = (text: string): JobEvent => ({ status: 'token', text, after: 1 });
const watch = () => ({ view: (event: JobEvent) => event, stop: vi.fn(), onEnd: vi.fn() });

describe('eventStream', () => {
  it('gives live events no id, and text with line breaks one data line', async () => {
    async function* events() {
      yield token('a\nb\r\nc');
    }
    const options = watch();
    const text = await new Response(eventStream(events(), options)).text();
    expect(text).toBe('retry: 1000\n\nevent: token\ndata: {"status":"token","text":"a\\nb\\r\\nc","after":1}\n\n');
    expect(options.onEnd).toHaveBeenCalledOnce();
  });

  it('shows that it lives while nothing happens', async () => {
    async function* events() {
      await delay(90);
      yield token('x');
    }
    const text = await new Response(eventStream(events(), { ...watch(), keepAlive: 20 })).text();
    expect(text).toMatch(/^retry: 1000\n\n(: keep-alive\n\n){2,5}event: token/);
  });

  it('asks for no more than is taken, and frees the source when the reader goes', async () => {
    let asked = 0;
    const freed = vi.fn();
    async function* events() {
      try {
        for (;;) yield token(String(asked++));
      } finally {
        freed();
      }
    }
    const options = watch();
    const reader = eventStream(events(), { ...options, keepAlive: 5 }).getReader();
    await reader.read();
    await delay(50);
    expect(asked).toBeLessThanOrEqual(2);
    await reader.cancel();
    expect(freed).toHaveBeenCalledOnce();
    expect(options.stop).toHaveBeenCalledOnce();
    expect(options.onEnd).toHaveBeenCalledOnce();
  });

  it('breaks off where the source fails, so that the reader comes back', async () => {
    // biome-ignore lint/correctness/useYield: it fails before it has anything.
    async function* events(): AsyncGenerator<JobEvent> {
      throw new Error('the database is away');
    }
    const options = watch();
    await expect(new Response(eventStream(events(), options)).text()).rejects.toThrow();
    expect(options.onEnd).toHaveBeenCalledOnce();
  });
});
