import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { atMost, type BenchRow } from '../row.ts';

const measuredSchema = z.object({
  decodeSeconds: z.number(),
  removeSeconds: z.number(),
  delayMs: z.number(),
  peakMegabytes: z.number(),
  changedOutsideMask: z.number(),
  verified: z.boolean(),
});

export function benchLargePhoto(): BenchRow[] {
  const file = fileURLToPath(new URL('./large-photo.ts', import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, ['--conditions=atelier-source', file], { encoding: 'utf8' });
  if (!stdout) throw new Error(`The 12-megapixel run failed: ${stderr}`);
  const measured = measuredSchema.parse(JSON.parse(stdout));
  return [
    atMost('remove by words (find, cut out, fill, check), 12 megapixels', measured.removeSeconds, 8, 's'),
    atMost('peak memory of that process', measured.peakMegabytes / 1024, 1.2, 'GB'),
    atMost('event-loop delay p99.9, 12 megapixels', measured.delayMs, 100, 'ms', 0),
  ];
}
