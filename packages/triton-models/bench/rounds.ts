import type { TritonClient } from '@atelier/sdk/triton';
import type { BareProcess } from './bare-process.ts';
import type { Scenario } from './scenario.ts';
import { type Timing, timeTriton } from './timing.ts';
import { type TritonWork, workBetween } from './triton-work.ts';

/** One turn of each way, taken right after each other. */
export interface Round {
  readonly triton: readonly Timing[];
  /** What Triton counted during its turn, its warm-up included. */
  readonly work: TritonWork;
  readonly bare: readonly Timing[];
  readonly plain: readonly Timing[] | undefined;
}

export interface Contestants {
  readonly client: TritonClient;
  readonly bare: BareProcess;
  /** Absent where the library has no such way. */
  readonly plain: BareProcess | undefined;
}

export interface Length {
  readonly rounds: number;
  /** Calls before each turn that do not count. */
  readonly warmUp: number;
}

/**
 * The same requests to each in turn, beginning with another one each round: what the machine does meanwhile hits all alike.
 * Before the first round each gets a turn that does not count.
 */
export async function playRounds(contestants: Contestants, scenario: Scenario, length: Length): Promise<Round[]> {
  if (scenario.before) {
    await timeTriton(contestants.client, scenario, scenario.before);
    await contestants.bare.run([scenario.before]);
    await contestants.plain?.run([scenario.before]);
  }
  const played: Round[] = [];
  for (let round = -1; round < length.rounds; round += 1) {
    const result = await playRound(contestants, scenario, length, round + 1);
    if (round >= 0) played.push(result);
  }
  return played;
}

async function playRound(
  contestants: Contestants,
  scenario: Scenario,
  { warmUp }: Length,
  round: number,
): Promise<Round> {
  const { client, bare, plain } = contestants;
  const first = round * (scenario.calls + warmUp);
  const requests = Array.from({ length: scenario.calls + warmUp }, (_, call) => scenario.request(first + call));
  const counted = <T>(calls: readonly T[]) => calls.slice(warmUp);
  let triton: readonly Timing[] = [];
  let work: TritonWork | undefined;
  let bareTimings: readonly Timing[] = [];
  let plainTimings: readonly Timing[] | undefined;
  const turns = [
    async () => {
      const [before] = await client.statistics({ model: scenario.model });
      const timings: Timing[] = [];
      for (const request of requests) timings.push(await timeTriton(client, scenario, request));
      const [after] = await client.statistics({ model: scenario.model });
      triton = counted(timings);
      work = workBetween(before, after);
    },
    async () => {
      bareTimings = counted((await bare.run(requests)).timings);
    },
    async () => {
      if (plain) plainTimings = counted((await plain.run(requests)).timings);
    },
  ];
  for (let turn = 0; turn < turns.length; turn += 1) await turns[(round + turn) % turns.length]?.();
  if (!work) throw new Error('Triton had no turn.');
  return { triton, work, bare: bareTimings, plain: plainTimings };
}
