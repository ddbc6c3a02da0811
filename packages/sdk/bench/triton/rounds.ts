import type { ClientProcess } from './clients/client-process.ts';
import type { Turn } from './payloads.ts';
import type { ClientName, TurnResult } from './protocol.ts';
import type { ServerWork } from './server-work.ts';
import { measureYardstick } from './yardstick.ts';

/** One turn of every client, taken right after each other. */
export type Round = ReadonlyMap<ClientName, TurnOfRound>;

export interface TurnOfRound extends TurnResult {
  /** Processor time of the server during the turn and its warm-up, a call. */
  readonly serverMsPerCall: number;
}

export interface Rounds {
  readonly rounds: readonly Round[];
  /** Milliseconds of the same fixed piece of work, once a round: how steady the machine was. */
  readonly yardstickMs: readonly number[];
}

const leastRounds = 3;
const prepareMs = 500;

/**
 * Turns of all clients in one order after another (A B C D, B C D A, ...), until the seconds are over: what the machine does
 * meanwhile hits all of them alike, and each comes after each other one equally often.
 */
export async function playRounds(
  clients: readonly ClientProcess[],
  { calls, seconds }: Turn,
  inFlight: number,
  server: ServerWork,
): Promise<Rounds> {
  const warmUp = Math.ceil(calls / 20);
  for (const client of clients) await prepare(client, Math.ceil(calls / 2), inFlight);
  const rounds: Round[] = [];
  const yardstickMs: number[] = [];
  const until = performance.now() + seconds * 1000;
  while (rounds.length < leastRounds || performance.now() < until) {
    yardstickMs.push(measureYardstick());
    const round = new Map<ClientName, TurnOfRound>();
    for (let turn = 0; turn < clients.length; turn++) {
      const client = clients[(rounds.length + turn) % clients.length];
      if (!client) continue;
      const before = server.now();
      const result = await client.turn(calls, inFlight, warmUp);
      const serverMsPerCall = (server.now() - before) / (calls + warmUp);
      round.set(client.name, { ...result, serverMsPerCall });
    }
    rounds.push(round);
  }
  return { rounds, yardstickMs };
}

/** Calls that do not count, until connections are open and code is compiled. */
async function prepare(client: ClientProcess, calls: number, inFlight: number): Promise<void> {
  const until = performance.now() + prepareMs;
  do {
    await client.turn(calls, inFlight, 0);
  } while (performance.now() < until);
}
