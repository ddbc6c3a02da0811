import { randomFillSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { local, planner } from '@atelier/local';
import { atelier, type Backend } from '@atelier/sdk';
import { encodeImage } from '@atelier/sdk/image';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tappedHost } from '../__fixtures__/tapped-host.ts';
import { createMcpApp, type McpApp } from '../app.ts';
import { inProcessWorkshops } from '../workshop/in-process/in-process-workshops.ts';

/** What hosts take without cutting it off or refusing. */
const mostBytes = 256 * 1024;

/** Sees a thousand cups in everything, and 300 of whatever else is asked for; and never stops talking. */
const crowd: Backend = {
  name: 'crowd',
  capabilities: {
    ask: { model: 'crowd', able: () => true, run: async () => ({ answer: 'And another "cup". '.repeat(50_000) }) },
    detect: {
      model: 'crowd',
      able: () => true,
      run: async ({ phrases: [phrase = 'cup'] }) =>
        Array.from({ length: phrase === 'cup' ? 1000 : 300 }, (_, index) => ({
          label: phrase,
          phrase,
          score: 0.9 - index / 10_000,
          box: {
            x: (index % 40) * 29 + 1 / 3,
            y: Math.floor(index / 40) * 35 + 1 / 7,
            width: 80 + 1 / 9,
            height: 100,
          },
        })),
    },
  },
};

let folder: string;
let app: McpApp;
let host: Awaited<ReturnType<typeof tappedHost>>;

/** What no encoder can make small. */
async function noise(name: string, width: number, height: number): Promise<string> {
  const data = randomFillSync(new Uint8Array(width * height * 4));
  for (let alpha = 3; alpha < data.length; alpha += 4) data[alpha] = 255;
  const path = join(folder, name);
  await writeFile(path, (await encodeImage({ width, height, data }, { format: 'jpeg' })).bytes);
  return path;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'limits-'));
  const studio = async () => atelier({ backends: [crowd, local()], brain: planner() });
  app = createMcpApp({ workshops: inProcessWorkshops({ studio, approve: 'never' }), roots: [folder] });
  host = await tappedHost(app);
});

afterAll(async () => {
  await host.close();
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

describe('no result takes more than 256 KiB on the wire', () => {
  const call = async (name: string, input: Readonly<Record<string, unknown>>) => {
    const result = await host.call(name, input);
    expect(result.bytes, name).toBeGreaterThan(0);
    expect(result.bytes, name).toBeLessThanOrEqual(mostBytes);
    const pictures = result.content.filter(({ type }) => type === 'image').length;
    return { ...result, pictures };
  };
  let image: unknown;
  beforeAll(async () => {
    const small = await call('load_image', { source: await noise('small.jpg', 1200, 900) });
    ({ image } = small.output);
  });

  it('a noisy picture of 12 megapixels, which no preview can hold much of', async () => {
    const loaded = await call('load_image', { source: await noise('large.jpg', 4000, 3000) });
    expect(loaded).toMatchObject({ isError: false, pictures: 1, output: { width: 4000, height: 3000 } });
    const whole = { operation: 'brighten', region: 'everything' };
    const edited = await call('adjust_image', { image: loaded.output.image, ...whole });
    expect(edited).toMatchObject({ isError: false, pictures: 1 });
    expect(await call('undo_edit', { edit: edited.output.edit })).toMatchObject({ isError: false, pictures: 1 });
  });

  it('a thousand things found, which says how many it left out', async () => {
    const found = await call('detect_objects', { image, phrases: ['cup'] });
    expect(found).toMatchObject({ isError: false, pictures: 1 });
    const { detections, omitted } = found.output;
    expect(Array.isArray(detections) && detections.length).toBeGreaterThan(100);
    expect(omitted).toEqual({ detections: 1000 - (Array.isArray(detections) ? detections.length : 0) });
  });

  it('an answer without end, of a tool and of a job', async () => {
    const said = expect.stringMatching(/^And another/);
    const missing = { answer: expect.any(Number) };
    const asked = await call('ask_image', { image, question: 'What is here?' });
    expect(asked).toMatchObject({ isError: false, output: { answer: said, omitted: missing } });
    const job = await call('edit_image', { image, prompt: 'What is in this picture?' });
    expect(job).toMatchObject({ isError: false, output: { state: 'succeeded', answer: said, omitted: missing } });
  });

  it('hundreds of things to choose from', async () => {
    const asked = await call('segment_object', { image, phrase: 'the dog' });
    expect(asked).toMatchObject({ isError: false, output: { needs: 'choice' } });
  });

  it('a job that asks', async () => {
    const job = await call('edit_image', { image, prompt: 'remove the dog' });
    expect(job.isError).toBe(false);
    await call('job_status', { job: job.output.job });
    await call('cancel_job', { job: job.output.job });
  });

  it('what failed because of an input of megabytes', async () => {
    const long = 'x'.repeat(2_000_000);
    expect(await call('ask_image', { image, question: long })).toMatchObject({ isError: true });
    expect(await call('load_image', { source: `/${long}` })).toMatchObject({ isError: true });
    expect(await call('detect_objects', { image, phrases: [long] })).toMatchObject({ isError: true });
    expect(await call('segment_object', { image, [long]: 1 })).toMatchObject({ isError: true });
  });
});
