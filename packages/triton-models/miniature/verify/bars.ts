/** What the miniatures should reach, and what they reached; without `least` and `most` it is told for information. */
export interface Bar {
  readonly model: 'owlv2' | 'sam' | 'vqa' | 'clip' | 'sd3' | 'agent' | 'server';
  readonly what: string;
  readonly value: number;
  readonly least?: number;
  readonly most?: number;
  /** Shares are 0..1 and written in per cent. */
  readonly unit: 'share' | 'ms' | 's' | 'pixels';
  /** Over how many examples. */
  readonly count: number;
}

export const outside = 'pixels changed outside the masks';

export const isReached = ({ value, least = -Infinity, most = Infinity }: Bar): boolean =>
  value >= least && value <= most;

/** A Markdown table. */
export function tableOf(bars: readonly Bar[]): string {
  const rows = bars.map((bar) => {
    const value = `${written(bar.value, bar.unit)}${isReached(bar) ? '' : ' (missed)'}`;
    return `| ${bar.model} | ${bar.what} | ${askedOf(bar)} | ${value} | ${bar.count} |`;
  });
  return ['| model | what | asked | reached | of |', '| --- | --- | --- | --- | --- |', ...rows].join('\n');
}

function askedOf({ least, most, unit }: Bar): string {
  if (least !== undefined) return `>= ${written(least, unit)}`;
  return most === undefined ? '' : `<= ${written(most, unit)}`;
}

function written(value: number, unit: Bar['unit']): string {
  if (unit === 'share') return `${(100 * value).toFixed(1)} %`;
  return unit === 'pixels' ? String(value) : `${Math.round(value)} ${unit}`;
}
