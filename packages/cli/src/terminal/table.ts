import { clip, displayWidth, padEnd, padStart } from './width.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** May be shortened where the terminal is narrow. */
  readonly flexible?: boolean;
}

const gap = '  ';

/** Rows under titles, in columns as wide as their content; each line is as long as it must be. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  options: { readonly width?: number | undefined; readonly paintTitle?: (title: string) => string } = {},
): string {
  const { width = Number.POSITIVE_INFINITY, paintTitle = (title) => title } = options;
  const natural = columns.map(({ title }, at) =>
    Math.max(displayWidth(title), ...rows.map((row) => displayWidth(row[at] ?? ''))),
  );
  const excess = natural.reduce((sum, columnWidth) => sum + columnWidth, gap.length * (columns.length - 1)) - width;
  const widths = natural.map((columnWidth, at) =>
    columns[at].flexible && excess > 0 ? Math.max(8, columnWidth - excess) : columnWidth,
  );
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align }, at) => {
        const cell = clip(cells[at] ?? '', widths[at]);
        return align === 'right' ? padStart(cell, widths[at]) : padEnd(cell, widths[at]);
      })
      .join(gap)
      .trimEnd();
  return [paintTitle(line(columns.map(({ title }) => title))), ...rows.map(line)].join('\n');
}
