import type { BenchRow } from '../row.ts';
import { betterRival } from './fills.ts';
import { bar, benchFills } from './index.ts';

/** Fills against OpenCV's, as lines of the bench table. */
export async function benchFillRows(): Promise<BenchRow[]> {
  const rows = await benchFills();
  const ours = rows.find(({ method }) => method === 'ours');
  if (!ours) throw new Error('Our own fills were not measured.');
  const rival = betterRival(rows);
  const share = ours.bandPassError / rival.bandPassError;
  const figures = rows.map((row) => `${row.method} ${row.bandPassError.toFixed(2)}`).join(', ');
  const quality = rows.map((row) => `${row.method} ${row.ssim.toFixed(2)} / ${row.psnr.toFixed(1)} dB`).join(', ');
  return [
    {
      what: `texture error of fills over ${rival.method}'s, 20 holes (${figures})`,
      measured: share.toFixed(2),
      bar: `<= ${bar}`,
      ok: share <= bar,
    },
    { what: 'SSIM / PSNR of the same fills, for information', measured: quality, bar: '-', ok: true },
  ];
}
