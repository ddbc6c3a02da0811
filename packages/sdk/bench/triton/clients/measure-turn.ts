import type { TurnResult } from '../protocol.ts';

/** Calls `run` `calls` times with `inFlight` at once, after `warmUp` calls each that do not count. */
export async function measureTurn(
  run: () => Promise<unknown>,
  calls: number,
  inFlight: number,
  warmUp: number,
): Promise<TurnResult> {
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      for (let call = 0; call < warmUp; call++) await run();
    }),
  );
  const milliseconds: number[] = [];
  let left = calls;
  const cpuBefore = process.cpuUsage();
  const began = performance.now();
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (left-- > 0) {
        const before = performance.now();
        await run();
        milliseconds.push(performance.now() - before);
      }
    }),
  );
  const wallMs = performance.now() - began;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { milliseconds, wallMs, cpuMs: (user + system) / 1000 };
}
