// The memory of one call over HTTP, measured in a process of its own with --expose-gc. Arguments: client, origin, payload
// file, calls. Prints a JSON array of one object a call.

import { readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { CallMemory } from './memory.ts';

const [name = '', url = '', file = '', calls = '0'] = process.argv.slice(2);
const client =
  name === 'undici'
    ? (await import('../clients/bare-undici.ts')).bareUndici(url)
    : (await import('../clients/ours.ts')).ours('http', url, url);
const bytes = new Uint8Array(await readFile(file));
const call = client.prepare({ label: '', datatype: 'FP32', bytes: bytes.length, model: 'echo_fp32', file }, bytes);
for (let count = 0; count < 5; count++) await call.run();

const measured: CallMemory[] = [];
for (let count = 0; count < Number(calls); count++) measured.push(await measureCall());
process.stdout.write(JSON.stringify(measured));
await client.close();

async function measureCall(): Promise<CallMemory> {
  await settle();
  const before = process.memoryUsage();
  // The kernel's own high-water mark of this process, set back to what is resident now.
  writeFileSync('/proc/self/clear_refs', '5');
  const residentBefore = highWater();
  let peak = before.external;
  const sample = () => {
    peak = Math.max(peak, process.memoryUsage().external);
  };
  let open = true;
  // Once a turn of the event loop: whatever a callback allocated and left is seen before the collector takes it.
  const watch = () => {
    sample();
    if (open) setImmediate(watch);
  };
  watch();
  const reply = await call.run();
  sample();
  open = false;
  const resident = highWater();
  await settle();
  const held = process.memoryUsage();
  // Keeps the reply alive until here.
  if (reply === undefined) throw new Error('no reply');
  return {
    peakBytes: peak - before.external,
    residentBytes: resident - residentBefore,
    heldBytes: held.external + held.heapUsed - before.external - before.heapUsed,
  };
}

/** Buffers are given back some turns of the event loop after they were collected. */
async function settle(): Promise<void> {
  for (let round = 0; round < 3; round++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function highWater(): number {
  return Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024;
}
