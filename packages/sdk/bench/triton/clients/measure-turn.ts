import type { TurnResult } from '../protocol.ts';

/** Calls `run` `calls` times with `inFlight` at once, after `warmUp` calls that do not count. */
export async function measureTurn(
  run: () => Promise<unknown>,
  calls: number,
  inFlight: number,
  warmUp: number,
): Promise<TurnResult> {
  await runLanes(run, warmUp, inFlight);
  const cpuBefore = process.cpuUsage();
  const began = performance.now();
  const milliseconds = await runLanes(run, calls, inFlight);
  const wallMs = performance.now() - began;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { milliseconds, wallMs, cpuMs: (user + system) / 1000 };
}

async function runLanes(run: () => Promise<unknown>, calls: number, inFlight: number): Promise<number[]> {
  const milliseconds: number[] = [];
  let left = calls;
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (left-- > 0) {
        const before = performance.now();
        await run();
        milliseconds.push(performance.now() - before);
      }
    }),
  );
  return milliseconds;
}
