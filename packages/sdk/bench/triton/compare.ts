import { barsBySize, type Judged, judge } from './bars.ts';
import type { Size } from './payloads.ts';
import type { ClientName } from './protocol.ts';
import type { Round, Rounds, TurnOfRound } from './rounds.ts';
import { mean, median, quantile, spreadOf } from './statistics.ts';
import { unsteadiness } from './yardstick.ts';

/** One line of the table: one client at one size. */
export interface Row {
  readonly size: string;
  readonly bytes: number;
  readonly datatype: 'FP32' | 'BYTES';
  readonly inFlight: number;
  readonly client: ClientName;
  readonly calls: number;
  readonly rounds: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly requestsPerSecond: number;
  /** Processor time a call of the client's process and of the server's. */
  readonly clientCpuMs: number;
  readonly serverCpuMs: number;
  /**
   * The p50 of ours, and of bare undici as the least that ours could reach, over that of Python's client on the same wire.
   * Several in flight, a p50 hides that a client lets some of its calls starve: `turnOverPython` shows it.
   */
  readonly overPython?: Judged | undefined;
  /** The same of the time a call takes of the whole turn (the inverse of the throughput). Not judged. */
  readonly turnOverPython?: number | undefined;
  /** The p50 of ours over HTTP. */
  readonly overUndici?: Judged | undefined;
  /** See `unsteadiness`. */
  readonly unsteadiness: number;
}

/** The rows of one size at one number of calls in flight. */
export function rowsOf(size: Size, inFlight: number, { rounds, yardstickMs }: Rounds): Row[] {
  const names = [...(rounds[0]?.keys() ?? [])];
  return names.map((client) => {
    const turns = rounds.flatMap((round) => round.get(client) ?? []);
    const all = turns.flatMap(({ milliseconds }) => milliseconds);
    return {
      size: size.label,
      bytes: size.bytes,
      datatype: size.datatype,
      inFlight,
      client,
      calls: all.length,
      rounds: rounds.length,
      p50Ms: median(all),
      p90Ms: quantile(all, 0.9),
      requestsPerSecond: median(turns.map(({ milliseconds, wallMs }) => (milliseconds.length / wallMs) * 1000)),
      clientCpuMs: mean(turns.map(({ milliseconds, cpuMs }) => cpuMs / milliseconds.length)),
      serverCpuMs: mean(turns.map(({ serverMsPerCall }) => serverMsPerCall)),
      ...comparisonsOf(size, client, rounds),
      unsteadiness: unsteadiness(yardstickMs),
    };
  });
}

type Comparisons = Pick<Row, 'overPython' | 'turnOverPython' | 'overUndici'>;

function comparisonsOf(size: Size, client: ClientName, rounds: readonly Round[]): Comparisons {
  const bars = barsBySize[size.label];
  const paired = (rival: ClientName, figure: Figure, unit: 'ratio' | 'ms') =>
    rounds.flatMap((round) => {
      const [own, other] = [round.get(client), round.get(rival)];
      if (!own || !other) return [];
      return [unit === 'ratio' ? figure(own) / figure(other) : figure(own) - figure(other)];
    });
  const held = (rival: ClientName, unit: 'ratio' | 'ms', bar?: number): Judged | undefined => {
    const values = paired(rival, p50Of, unit);
    return values.length > 0 ? judge(spreadOf(values), unit, bar) : undefined;
  };
  if (client === 'python-http' || client === 'python-grpc') return {};
  const python = client === 'ours-grpc' ? 'python-grpc' : 'python-http';
  const turns = paired(python, wallOf, 'ratio');
  const pythonBar = { 'ours-http': bars?.httpOverPython, 'ours-grpc': bars?.grpcOverPython, undici: undefined }[client];
  const overPython = {
    overPython: held(python, 'ratio', pythonBar),
    turnOverPython: turns.length > 0 ? median(turns) : undefined,
  };
  if (client !== 'ours-http') return overPython;
  const undici = bars?.overUndici;
  const overUndici =
    undici && 'plusMs' in undici ? held('undici', 'ms', undici.plusMs) : held('undici', 'ratio', undici?.ratio);
  return { ...overPython, overUndici };
}

/** What is compared of one turn. */
type Figure = (turn: TurnOfRound) => number;
const p50Of: Figure = ({ milliseconds }) => median(milliseconds);
const wallOf: Figure = ({ milliseconds, wallMs }) => wallMs / milliseconds.length;
