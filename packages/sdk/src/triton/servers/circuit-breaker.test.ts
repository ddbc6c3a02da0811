import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock } from './__fixtures__/fake-clock.ts';
import { CircuitBreaker, type Ticket } from './circuit-breaker.ts';

function breakerOf(failures = 3, coolDownMs = 5_000) {
  const clock = new FakeClock();
  return { clock, breaker: new CircuitBreaker({ failures, coolDownMs }, clock) };
}

function fail(breaker: CircuitBreaker, times: number): void {
  for (let time = 0; time < times; time += 1) breaker.fail(breaker.enter());
}

describe('CircuitBreaker', () => {
  it('opens after so many faults in a row, and a success between them starts the count again', () => {
    const { breaker } = breakerOf();
    fail(breaker, 2);
    breaker.succeed(breaker.enter());
    fail(breaker, 2);
    expect(breaker.state).toBe('closed');
    fail(breaker, 1);
    expect(breaker.state).toBe('open');
    expect(breaker.admits).toBe(false);
  });

  it('lets exactly one call try after the cool-down', async () => {
    const { breaker, clock } = breakerOf();
    fail(breaker, 3);
    await clock.advance(4_999);
    expect(breaker.admits).toBe(false);
    await clock.advance(1);
    expect(breaker).toMatchObject({ state: 'half-open', admits: true });
    const trial = breaker.enter();
    expect(breaker).toMatchObject({ state: 'half-open', admits: false });
    breaker.succeed(trial);
    expect(breaker).toMatchObject({ state: 'closed', admits: true });
  });

  it('opens for another cool-down when the trial fails', async () => {
    const { breaker, clock } = breakerOf();
    fail(breaker, 3);
    await clock.advance(5_000);
    fail(breaker, 1);
    expect(breaker.state).toBe('open');
    await clock.advance(4_999);
    expect(breaker.state).toBe('open');
    await clock.advance(1);
    expect(breaker.state).toBe('half-open');
  });

  it('lets the next call try when the trial showed nothing', async () => {
    const { breaker, clock } = breakerOf();
    fail(breaker, 3);
    await clock.advance(5_000);
    breaker.giveBack(breaker.enter());
    expect(breaker).toMatchObject({ state: 'half-open', admits: true });
  });

  it('is half open at once when the server says that it is ready', () => {
    const { breaker } = breakerOf();
    fail(breaker, 3);
    breaker.allowTrial();
    expect(breaker.state).toBe('half-open');
  });

  it('takes the many calls that one crash ends as one event', async () => {
    const { breaker, clock } = breakerOf();
    const running = Array.from({ length: 32 }, () => breaker.enter());
    const [early, ...rest] = running;
    for (const ticket of rest.slice(0, 3)) breaker.fail(ticket);
    expect(breaker.state).toBe('open');
    await clock.advance(5_000);
    const trial = breaker.enter();
    for (const ticket of rest.slice(3)) breaker.fail(ticket);
    expect(breaker.state).toBe('half-open');
    breaker.succeed(trial);
    if (early) breaker.fail(early);
    fail(breaker, 2);
    expect(breaker.state).toBe('closed');
  });

  it('does not close on an answer to a call from before it opened', () => {
    const { breaker } = breakerOf();
    const early = breaker.enter();
    fail(breaker, 3);
    breaker.succeed(early);
    expect(breaker.state).toBe('open');
  });

  it('starts its cool-down again when a call that was made all the same fails', async () => {
    const { breaker, clock } = breakerOf();
    fail(breaker, 3);
    await clock.advance(3_000);
    fail(breaker, 1);
    await clock.advance(3_000);
    expect(breaker.state).toBe('open');
  });

  it('never admits two trials at once, whatever happens', async () => {
    const event = fc.oneof(
      fc.constant({ kind: 'enter' as const }),
      fc.record({
        kind: fc.constantFrom('succeed' as const, 'fail' as const, 'giveBack' as const),
        which: fc.nat(99),
      }),
      fc.record({ kind: fc.constant('advance' as const), milliseconds: fc.nat(3_000) }),
      fc.constant({ kind: 'ready' as const }),
    );
    const check = fc.asyncProperty(fc.array(event, { maxLength: 120 }), async (events) => {
      const { breaker, clock } = breakerOf(2, 1_000);
      const running: Ticket[] = [];
      for (const step of events) {
        if (step.kind === 'advance') await clock.advance(step.milliseconds);
        else if (step.kind === 'ready') breaker.allowTrial();
        else if (step.kind === 'enter') {
          if (breaker.admits) running.push(breaker.enter());
        } else {
          const [ticket] = running.splice(step.which % Math.max(1, running.length), 1);
          if (ticket) breaker[step.kind](ticket);
        }
        const newest = Math.max(0, ...running.map(({ period }) => period));
        const trials = running.filter(({ isTrial, period }) => isTrial && period === newest);
        expect(trials.length).toBeLessThanOrEqual(1);
        // Nobody is locked out for good: with no call running, the cool-down is all there is to wait for.
        if (running.length === 0 && breaker.state === 'half-open') expect(breaker.admits).toBe(true);
      }
    });
    await fc.assert(check, { numRuns: 200 });
  });
});
