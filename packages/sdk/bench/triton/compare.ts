import { barsBySize, type Judged, judge } from './bars.ts';
import type { Size } from './payloads.ts';
import type { ClientName } from './protocol.ts';
import type { Round, Rounds } from './rounds.ts';
import { median, quantile, spreadOf } from './statistics.ts';
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
  /** Of ours, over Python's client on the same wire. */
  readonly overPython?: Judged | undefined;
  /** Of ours over HTTP. */
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
      ...comparisonsOf(size, client, rounds),
      unsteadiness: unsteadiness(yardstickMs),
    };
  });
}

function comparisonsOf(
  size: Size,
  client: ClientName,
  rounds: readonly Round[],
): Pick<Row, 'overPython' | 'overUndici'> {
  const bars = barsBySize[size.label];
  const held = (rival: ClientName, unit: 'ratio' | 'ms', bar: number | undefined): Judged | undefined => {
    const paired = rounds.flatMap((round) => {
      const [own, other] = [client, rival].map((name) => median(round.get(name)?.milliseconds ?? []));
      return own > 0 && other > 0 ? [unit === 'ratio' ? own / other : own - other] : [];
    });
    return paired.length > 0 ? judge(spreadOf(paired), unit, bar) : undefined;
  };
  if (client === 'ours-grpc') return { overPython: held('python-grpc', 'ratio', bars?.grpcOverPython) };
  if (client !== 'ours-http') return {};
  const undici = bars?.overUndici;
  return {
    overPython: held('python-http', 'ratio', bars?.httpOverPython),
    overUndici:
      undici && 'plusMs' in undici ? held('undici', 'ms', undici.plusMs) : held('undici', 'ratio', undici?.ratio),
  };
}
