import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { jsonOf, runCli } from './__fixtures__/run-cli.ts';
import { modelsPackage } from './commands/triton/environment/models-package.ts';
import { exitCodes } from './exit-codes.ts';

const { python } = inject('triton');
const argv = ['triton', 'pull', '--python', python, '--device', 'cpu', '--models', 'owlv2,sd3'];

/** The hub that the tests of the pull itself have: owlv2 is free, sd3 is gated. */
const hubScript = `
import sys
from atelier_models.weights.small_hub import SmallHub, model_files
hub = SmallHub()
hub.add("google/owlv2-base-patch16-ensemble", model_files(kilobytes=400))
hub.add("stabilityai/stable-diffusion-3-medium-diffusers", model_files(seed=9), gated=True)
print(hub.url, flush=True)
sys.stdin.read()
`;

let folder = '';
let hub: ChildProcess;
let env: Record<string, string> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atelier-pull-'));
  hub = spawn(python, ['-c', hubScript], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, PYTHONPATH: modelsPackage(), PYTHONDONTWRITEBYTECODE: '1' },
  });
  if (hub.stdout === null) throw new Error('no output');
  const [url] = await once(hub.stdout, 'data');
  env = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    HF_HOME: join(folder, 'hub'),
    HF_ENDPOINT: String(url).trim(),
    HF_HUB_DISABLE_XET: '1',
    NO_COLOR: '1',
  };
});
afterAll(async () => {
  hub.stdin?.end();
  await once(hub, 'close');
  await rm(folder, { recursive: true, force: true });
});

describe('atelier triton pull, from a hub', () => {
  it('fetches nothing where the person says no', async () => {
    const result = await runCli(argv, {
      env,
      columns: 100,
      onStderr: (text, stdin) => void (text.endsWith('[y/N] ') && stdin.write('n\n')),
    });
    expect(result).toMatchObject({ code: exitCodes.interrupted, stdout: '' });
    expect(result.stderr).toMatch(/owlv2 +google\/owlv2-base-patch16-ensemble +\d+ kB +\d+ kB +apache-2\.0/i);
  });

  it('asks on a terminal, fetches what it may, and says what a gated model needs', async () => {
    const result = await runCli(argv, {
      env,
      columns: 100,
      onStderr: (text, stdin) => void (text.endsWith('[y/N] ') && stdin.write('y\n')),
    });
    expect(result.code, result.stderr).toBe(exitCodes.failed);
    expect(result.stderr).toMatch(/Fetch \d+ kB\? \[y\/N\]/);
    expect(result.stderr).toMatch(/✓ Fetched owlv2, \d+ kB/);
    expect(result.stderr).toMatch(/error: sd3: .*accept its licence/);
    expect(result.stderr).toContain('stable-diffusion-3-medium-diffusers');
    expect(result.stdout).toMatch(/^owlv2 +\/.*\nsd3 +failed\n\nerror: The weights of sd3 could not be fetched/);
  });

  it('is one JSON object with the folders and the reasons, and fetches nothing twice', async () => {
    const result = await runCli([...argv, '--json', '-q'], { env });
    expect(result.code).toBe(exitCodes.failed);
    const output = jsonOf(result, 'triton pull');
    const [owlv2, sd3] = output.models;
    expect(owlv2).toMatchObject({ name: 'owlv2', state: 'complete', error: null });
    expect(await readFile(join(owlv2.folder ?? '', 'config.json'), 'utf8')).toContain('model_type');
    expect(sd3).toMatchObject({
      state: 'failed',
      folder: null,
      error: { code: 'gated-no-token', url: expect.stringMatching(/^https?:/) },
    });
    expect(output.error).toMatchObject({ code: 'weights-gated', message: expect.stringContaining('sd3') });
    const again = await runCli([...argv.slice(0, -1), 'owlv2', '--json'], { env });
    expect(again.code).toBe(exitCodes.done);
    expect(again.stderr).not.toContain('Fetched');
  });
});
