import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { directTools } from '../../bench/direct.ts';
import { overStdio } from '../../bench/served.ts';
import { timeInTurns } from '../../bench/timing.ts';
import { asShipped } from '../__fixtures__/command-line.ts';
import { photos } from '../golden/__fixtures__/reference.ts';

/** Four times what a quiet machine may need (`npm run bench:mcp`): tests run beside others. */
const mostMs = 8;

it('a tiny call over stdio takes hardly longer than the tool itself', async () => {
  const data = await mkdtemp(join(tmpdir(), 'latency-'));
  const parameters = ['--data', data, '--root', photos, '--session', 'latency'];
  const [direct, stdio] = [await directTools(parameters), await overStdio([...asShipped(), ...parameters])];
  const call = (name: string, input: Record<string, unknown>) => stdio.callTool({ name, arguments: input });
  try {
    await call('load_image', { source: join(photos, 'two-cups.png') });
    const { structuredContent } = await call('start_edit', { prompt: 'How many cups are there?' });
    const { job } = Object(structuredContent);
    const ended = await call('cancel_job', { job });
    expect(ended.structuredContent).toMatchObject({ state: 'cancelled' });
    const ways = {
      handle: () => direct.handle('job_status', { job }),
      stdio: () => call('job_status', { job }),
    };
    expect((await ways.handle()).output).toEqual((await ways.stdio()).structuredContent);
    const { handle, stdio: served } = await timeInTurns(ways, 60);
    expect((served?.p50 ?? Number.POSITIVE_INFINITY) - (handle?.p50 ?? 0)).toBeLessThan(mostMs);
  } finally {
    await Promise.allSettled([direct.close(), stdio.close()]);
    await rm(data, { recursive: true, force: true });
  }
});
