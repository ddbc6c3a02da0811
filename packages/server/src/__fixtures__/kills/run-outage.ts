import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { planner } from '@atelier/local';
import { atelier, fileAssetStore, Image } from '@atelier/sdk';
import { triton } from '@atelier/sdk/triton';
import { launchTriton } from '@atelier/sdk/triton/launch';
import { createAgentApp } from '../../agent-app.ts';

const root = new URL('../../../../../', import.meta.url);
const python = fileURLToPath(new URL('.venv/bin/python', root));
const repository = fileURLToPath(new URL('packages/sdk/src/triton/__fixtures__/models', root));

export interface OutageOptions {
  readonly databaseUrl: string;
  readonly folder: string;
  /** How long Triton is away. */
  readonly seconds: number;
  readonly say: (line: string) => void;
}

/** A real tritonserver goes away and comes back: jobs wait and finish, or fail typed at their deadline. */
export async function runOutage({ databaseUrl, folder, seconds, say }: OutageOptions) {
  const start = (httpPort?: number) =>
    launchTriton({
      python,
      repository,
      args: ['--model-control-mode=explicit', '--load-model=owlv2', '--load-model=vqa'],
      ...(httpPort === undefined ? {} : { httpPort }),
    });
  let server = await start();
  const studio = atelier({ backends: [triton({ url: server.url })], brain: planner() });
  const app = createAgentApp(studio, { databaseUrl, assets: fileAssetStore(join(folder, 'assets')) });
  const { jobs, studioOf } = await app.services();
  const picture = await redSquare();
  let number = 0;
  const create = async (deadlineSeconds: number) => {
    const session = studioOf('outage').session({ id: `session_${number++}`, image: picture });
    await session.image();
    const request = { session: session.id, image: picture.id, language: 'en', approve: 'never' } as const;
    const prompt = 'How many red squares are there?';
    return (await jobs.create('outage', { requestHash: 'outage', request: { ...request, prompt, deadlineSeconds } }))
      .job.id;
  };
  const end = async (id: string) => {
    for await (const event of jobs.events('outage', id, {})) {
      if (event.status === 'success') return `success: ${event.answer}`;
      if (event.status === 'failure') return `failure: ${event.error.code}`;
    }
    return 'nothing';
  };
  try {
    const before = await end(await create(60));
    await server.stop('SIGKILL');
    say('Triton is away');
    const ids = await Promise.all([create(seconds + 120), create(seconds + 120), create(seconds / 3)]);
    const ends = ids.map(end);
    await delay(seconds * 1000);
    server = await start(Number(new URL(server.url).port));
    say('Triton is back');
    const [one, two, short] = await Promise.all(ends);
    const faults: string[] = [];
    if (!before.startsWith('success')) faults.push(`before the outage: ${before}`);
    if (one !== before || two !== before) faults.push(`waited through the outage: ${one}; ${two}; wanted ${before}`);
    if (short !== 'failure: deadline-exceeded') faults.push(`with a deadline within the outage: ${short}`);
    const summary = `Triton away for ${seconds} s: two jobs waited and ended with "${one}", "${two}"; one with a deadline in the outage ended with "${short}"`;
    return { faults, summary };
  } finally {
    await app.close();
    await studio.close();
    await server.stop('SIGKILL');
  }
}

function redSquare(): Promise<Image> {
  const [width, height] = [120, 80];
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let y = 20; y < 44; y++) for (let x = 30; x < 54; x++) data.set([220, 20, 20], (y * width + x) * 4);
  return Image.fromPixels({ width, height, data });
}
