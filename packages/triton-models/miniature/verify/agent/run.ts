/**
 * How many compound tasks the agent completes on a server that runs already.
 *
 *   node --conditions=atelier-source packages/triton-models/miniature/verify/agent/run.ts --url http://127.0.0.1:8000 --out FOLDER
 *     --grpc-url ADDRESS   default: port 8001 of the same host
 *     --split validation   default: test
 *     --count 10           default: 100
 *     --steps 10           of denoising (default)
 *     --guidance 7         default: the SDK's
 */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { triton } from '@atelier/sdk/triton';
import { measureAgent } from './measure-agent.ts';

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    'grpc-url': { type: 'string' },
    out: { type: 'string' },
    split: { type: 'string', default: 'test' },
    count: { type: 'string', default: '100' },
    steps: { type: 'string', default: '10' },
    guidance: { type: 'string' },
    python: { type: 'string', default: fileURLToPath(new URL('../../../../../.venv/bin/python', import.meta.url)) },
  },
});
const { url, out, split, count, steps, guidance, python } = values;
if (url === undefined || out === undefined) throw new Error('--url and --out are needed.');
if (split !== 'test' && split !== 'validation') throw new Error('--split is test or validation.');

const grpcUrl = values['grpc-url'];
const eyes = triton({
  url: grpcUrl === undefined ? url : { url, grpcUrl },
  steps: Number(steps),
  ...(guidance === undefined ? {} : { guidance: Number(guidance) }),
  timeoutMs: 120_000,
});
try {
  const tell = (line: string) => console.error(line);
  const figures = await measureAgent({ eyes, python, split, count: Number(count), folder: resolve(out), tell });
  console.log(JSON.stringify(figures, null, 2));
} finally {
  await eyes.close();
}
