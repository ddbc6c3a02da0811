import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Judged, judge, memoryBar, memoryBesideTensor } from '../bars.ts';
import type { Payload } from '../payloads.ts';
import { spreadOf } from '../statistics.ts';

/** What one call added to the process, beside the tensor that the caller sent and already had. */
export interface CallMemory {
  /** Most of `process.memoryUsage().external` (it includes array buffers) while the call ran. */
  readonly peakBytes: number;
  /** Most of the resident memory while the call ran, by the kernel. */
  readonly residentBytes: number;
  /** External and heap after a collection, while the reply is held. */
  readonly heldBytes: number;
}

/** Multiples of the bytes of the tensor that came back. */
export interface MemoryRow {
  readonly client: 'undici' | 'ours-http';
  readonly tensorBytes: number;
  readonly calls: number;
  readonly peak: Judged;
  readonly resident: Judged;
  readonly held: Judged;
}

/** In a process of its own for each client. Only ours is held against the bar. */
export async function measureMemory(
  url: string,
  payload: Payload,
  calls: number,
  signal: AbortSignal,
): Promise<MemoryRow[]> {
  const rows: MemoryRow[] = [];
  for (const client of ['undici', 'ours-http'] as const) {
    const script = fileURLToPath(new URL('./memory-process.ts', import.meta.url));
    const args = ['--expose-gc', ...process.execArgv, script, client, url, payload.file, String(calls)];
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      signal,
      // Large buffers are mapped and unmapped one by one, so that resident memory follows what is in use.
      env: { ...process.env, MALLOC_MMAP_THRESHOLD_: '65536', MALLOC_TRIM_THRESHOLD_: '65536' },
    });
    // Written by memory-process.ts.
    const measured = JSON.parse(stdout) as CallMemory[];
    const multiples = (bytesOf: (call: CallMemory) => number) =>
      spreadOf(measured.map((call) => (bytesOf(call) - memoryBesideTensor) / payload.bytes));
    const bar = client === 'undici' ? undefined : memoryBar;
    rows.push({
      client,
      tensorBytes: payload.bytes,
      calls,
      peak: judge(
        multiples(({ peakBytes }) => peakBytes),
        'ratio',
        bar,
      ),
      resident: judge(
        multiples(({ residentBytes }) => residentBytes),
        'ratio',
        bar,
      ),
      held: judge(
        multiples(({ heldBytes }) => heldBytes),
        'ratio',
        bar,
      ),
    });
  }
  return rows;
}
