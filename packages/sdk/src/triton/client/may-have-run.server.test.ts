import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ServerUnavailableError } from '../errors.ts';
import { TritonClient } from './client.ts';

const { url, grpcUrl } = inject('triton');
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atelier-ran-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(['http', 'grpc'] as const)('over %s', (transport) => {
  it.each([
    ['once', {}, 1],
    ['as often as it may where that does no harm', { idempotent: true }, 3],
  ])('a model that works and then says UNAVAILABLE is run %s', async (_, options, times) => {
    const file = join(folder, `${transport}-${times}`);
    await using client = new TritonClient({ url, grpcUrl, transport, retry: { attempts: 3, baseDelayMs: 1 } });
    const calling = client.model('counting_refusals').infer({ FILE: file, WORDS: 'come back later' }, options);
    await expect(calling).rejects.toBeInstanceOf(ServerUnavailableError);
    await expect(calling).rejects.toMatchObject({ mayHaveRun: true });
    expect(await readFile(file, 'utf8')).toBe('ran\n'.repeat(times));
  });

  it('what a full queue refuses has not run, and is tried again until there is room', async () => {
    const call = (client: TritonClient, value: number) => client.model('short_queue').infer({ INPUT: value });
    await using impatient = new TritonClient({ url, grpcUrl, transport, retry: { attempts: 1 } });
    await call(impatient, 0);
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, (__, value) => call(impatient, value)));
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(refusals.length).toBeGreaterThan(0);
    for (const reason of refusals) {
      expect(reason).toBeInstanceOf(ServerUnavailableError);
      expect(reason).toMatchObject({ mayHaveRun: false, serverMessage: expect.stringMatching(/queue/) });
    }
    await using patient = new TritonClient({
      url,
      grpcUrl,
      transport,
      retry: { attempts: 200, baseDelayMs: 50, maxDelayMs: 200 },
    });
    const values = await Promise.all(Array.from({ length: 8 }, (__, value) => call(patient, value)));
    expect(values.map(({ OUTPUT }) => OUTPUT.data)).toEqual(
      Array.from({ length: 8 }, (__, value) => Int32Array.of(value)),
    );
  });
});
