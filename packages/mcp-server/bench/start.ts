import { rawStdio } from '../src/__fixtures__/raw-stdio.ts';
import { type Timing, timingOf } from './timing.ts';

/** From starting the command until it has answered `initialize`, the process's own start included. */
export async function timeStart(command: readonly string[], data: string, runs: number): Promise<Timing> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const begun = performance.now();
    const server = rawStdio({ command, parameters: ['--data', data] });
    await server.initialize();
    times.push(performance.now() - begun);
    await server.close();
  }
  return timingOf(times);
}
