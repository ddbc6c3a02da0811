/** What the miniatures should reach, and what they reached. */
export interface Bar {
  readonly model: 'owlv2' | 'sam' | 'vqa' | 'clip' | 'sd3' | 'agent';
  readonly what: string;
  readonly value: number;
  readonly least?: number;
  readonly most?: number;
  /** `ms` and `pixels` are written as they are, shares in per cent. */
  readonly unit: 'share' | 'ms' | 'pixels';
  /** Over how many examples. */
  readonly count: number;
}

export const isReached = ({ value, least = -Infinity, most = Infinity }: Bar): boolean =>
  value >= least && value <= most;

/** A Markdown table. */
export function tableOf(bars: readonly Bar[]): string {
  const rows = bars.map((bar) => {
    const asked =
      bar.least === undefined ? `<= ${written(bar.most ?? 0, bar.unit)}` : `>= ${written(bar.least, bar.unit)}`;
    const value = `${written(bar.value, bar.unit)}${isReached(bar) ? '' : ' (missed)'}`;
    return `| ${bar.model} | ${bar.what} | ${asked} | ${value} | ${bar.count} |`;
  });
  return ['| model | what | asked | reached | of |', '| --- | --- | --- | --- | --- |', ...rows].join('\n');
}

function written(value: number, unit: Bar['unit']): string {
  if (unit === 'share') return `${(100 * value).toFixed(1)} %`;
  return unit === 'ms' ? `${Math.round(value)} ms` : String(value);
}
