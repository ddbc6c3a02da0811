import type { Spread } from './statistics.ts';

/** What ours may cost, by size. Ratios of the p50 of turns of the same round. */
interface Bars {
  /** Ours over HTTP / Python's over HTTP. */
  readonly httpOverPython: number;
  readonly grpcOverPython: number;
  /** Ours over HTTP minus bare undici, in milliseconds, or as a ratio. */
  readonly overUndici?: { readonly plusMs: number } | { readonly ratio: number };
}

/** By the label of the size; BYTES has none of its own and is held to those of the same number of bytes. */
export const barsBySize: Readonly<Record<string, Bars>> = {
  '400 B': { httpOverPython: 1.25, grpcOverPython: 1.6, overUndici: { plusMs: 0.15 } },
  '100 KiB': { httpOverPython: 1.4, grpcOverPython: 2.1, overUndici: { plusMs: 0.15 } },
  '100 KiB BYTES': { httpOverPython: 1.4, grpcOverPython: 2.1, overUndici: { plusMs: 0.15 } },
  '3 MiB': { httpOverPython: 0.65, grpcOverPython: 1 },
  '12 MiB': { httpOverPython: 0.65, grpcOverPython: 0.85, overUndici: { ratio: 1.1 } },
};

/** A call's memory as multiples of the tensor that it brings. */
export const memoryBar = 2;
/** What does not grow with the tensor is not counted: headers, one read of the socket. */
export const memoryBesideTensor = 64 * 1024;
export const firstTokenBarMs = 1;

/** A figure held against a bar. */
export interface Judged extends Spread {
  readonly unit: 'ratio' | 'ms';
  /** Without one the figure is shown and not judged. */
  readonly bar: number | undefined;
  readonly met: boolean | undefined;
  /** The bar lies within the middle half of the rounds: another run may judge otherwise. */
  readonly close: boolean;
}

export function judge(spread: Spread, unit: 'ratio' | 'ms', bar?: number): Judged {
  const met = bar === undefined ? undefined : spread.median <= bar;
  return { ...spread, unit, bar, met, close: bar !== undefined && spread.low <= bar && bar <= spread.high };
}
