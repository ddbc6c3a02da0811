import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { FakeClock, settled } from './__fixtures__/fake-clock.ts';
import { Pauses } from './pauses.ts';

describe('Pauses', () => {
  it('wait, and leave nothing on the signal', async () => {
    const clock = new FakeClock();
    const { signal } = new AbortController();
    let over = false;
    const pause = new Pauses(clock).pause(100, signal).then(() => {
      over = true;
    });
    await clock.advance(99);
    expect(over).toBe(false);
    await clock.advance(1);
    await pause;
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('reject with the reason as soon as the signal fires', async () => {
    const clock = new FakeClock();
    const controller = new AbortController();
    const pause = new Pauses(clock).pause(60_000, controller.signal);
    const reason = new Error('the person closed the window');
    controller.abort(reason);
    await expect(pause).rejects.toBe(reason);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    expect(clock.pending('foreground')).toBe(0);
  });

  it('reject at once on a signal that has fired', async () => {
    const clock = new FakeClock();
    await expect(new Pauses(clock).pause(60_000, AbortSignal.abort('too late'))).rejects.toBe('too late');
    expect(clock.pending('foreground')).toBe(0);
  });

  it('all end together', async () => {
    const clock = new FakeClock();
    const pauses = new Pauses(clock);
    const both = Promise.all([pauses.pause(60_000, undefined), pauses.pause(70_000, new AbortController().signal)]);
    await settled();
    pauses.endAll();
    await both;
    expect(clock.pending('foreground')).toBe(0);
  });
});
