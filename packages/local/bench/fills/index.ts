import { pathToFileURL } from 'node:url';
import { writeBlindSheet } from './blind-sheet.ts';
import { betterRival, fillAll, type Row, score } from './fills.ts';

export { writeBlindSheet } from './blind-sheet.ts';
export type { Row } from './fills.ts';

/** Our mean band-pass error must not exceed this share of the better rival's. */
export const bar = 0.6;

/** Compares our fills with OpenCV's on 20 textured holes: one row a method, ours first. */
export async function benchFills(): Promise<Row[]> {
  return score(await fillAll());
}

/** Prints the table; with a folder as argument, writes the blind comparison there too. */
async function main(): Promise<void> {
  const results = await fillAll();
  const rows = score(results);
  console.table(
    rows.map((row) => ({
      method: row.method,
      'band-pass error': row.bandPassError.toFixed(3),
      SSIM: row.ssim.toFixed(3),
      'PSNR dB': row.psnr.toFixed(2),
      'ms (indicative)': Math.round(row.milliseconds),
    })),
  );
  const ratio = rows[0].bandPassError / betterRival(rows).bandPassError;
  console.log(`ours / better rival: ${ratio.toFixed(2)} (bar: at most ${bar})`);
  const folder = process.argv[2];
  if (folder !== undefined) await writeBlindSheet(folder, results);
  if (ratio > bar) process.exitCode = 1;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
