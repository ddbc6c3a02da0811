import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { TritonClient } from '../client/client.ts';
import type { TritonCallOptions } from '../client/client-options.ts';
import { ConnectionLostError } from '../errors.ts';
import { type LaunchedTriton, launchTriton } from '../launch/launch-triton.ts';
import type { InferResponse } from '../wire/tensor.ts';

const model = 'slow_identity';
const inFlight = 32;
/** One server works its half of the calls off one by one: about a second. */
const delayMs = 60;

const servers: LaunchedTriton[] = [];
let isDown = false;
let client: TritonClient;

async function launch(ports: { readonly httpPort?: number; readonly grpcPort?: number } = {}): Promise<LaunchedTriton> {
  const { python, repository } = inject('triton');
  const args = ['--model-control-mode=explicit', `--load-model=${model}`];
  return await launchTriton({ python, repository, args, ...ports });
}

const portOf = (url: string) => Number(new URL(url).port);

function serverOf(which: 0 | 1): LaunchedTriton {
  const server = servers[which];
  if (!server) throw new Error('The server was not started.');
  return server;
}

async function kill(): Promise<void> {
  isDown = true;
  await serverOf(0).stop('SIGKILL');
}

/** Starts the server again, where it was, if it was killed. */
async function restart(): Promise<void> {
  if (!isDown) return;
  const { url, grpcUrl } = serverOf(0);
  servers[0] = await launch({ httpPort: portOf(url), grpcPort: portOf(grpcUrl) });
  isDown = false;
}

async function until(what: string, isSo: () => boolean | Promise<boolean>, withinMs = 20_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`It took too long until ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const stateOf = (which: 0 | 1) => client.servers[which]?.state;
const outstanding = () => client.servers.map((server) => server.outstanding);

function call(value: number, options: TritonCallOptions): Promise<InferResponse> {
  const inputs = {
    INPUT: { datatype: 'FP32', shape: [1], data: Float32Array.of(value) },
    DELAY_MS: { datatype: 'INT32', shape: [1], data: Int32Array.of(delayMs) },
  } as const;
  return client.infer({ model, inputs }, { timeoutMs: 30_000, ...options });
}

/** How many calls a server has finished since it started, by its own count. */
async function finishedOn(which: 0 | 1): Promise<number> {
  const { url, grpcUrl } = serverOf(which);
  await using one = new TritonClient({ url, grpcUrl });
  const [statistics] = await one.statistics({ model });
  return statistics?.inference_stats.success.count ?? 0;
}

/** Many calls at once; the first server is killed while they run. */
async function killUnderLoad(options: TritonCallOptions) {
  const outcomes = Promise.allSettled(Array.from({ length: inFlight }, (_, value) => call(value, options)));
  await until('both servers have calls', () => outstanding().every((count) => count > 0));
  await new Promise((resolve) => setTimeout(resolve, 3 * delayMs));
  const [runningThere = 0] = outstanding();
  await kill();
  return { runningThere, outcomes: await outcomes };
}

beforeAll(async () => {
  servers.push(...(await Promise.all([launch(), launch()])));
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop('SIGKILL')));
});

function connect(transport: 'http' | 'grpc'): void {
  client = new TritonClient({
    url: servers.map(({ url, grpcUrl }) => ({ url, grpcUrl })),
    transport,
    healthCheckMs: 1_000,
    breaker: { coolDownMs: 1_000 },
  });
}

describe.each(['http', 'grpc'] as const)('two servers over %s, one killed under load', (transport) => {
  beforeEach(() => {
    connect(transport);
    return async () => {
      await client.close();
      await restart();
    };
  });

  it('every idempotent call ends well, and the server is used again when it is back', async () => {
    const { runningThere, outcomes } = await killUnderLoad({ idempotent: true });
    expect(runningThere).toBeGreaterThan(1);
    const values = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value.outputs : outcome.reason));
    expect(values).toEqual(
      Array.from({ length: inFlight }, (_, value) => ({
        OUTPUT: { datatype: 'FP32', shape: [1], data: Float32Array.of(value) },
      })),
    );
    expect(outstanding()).toEqual([0, 0]);
    expect(stateOf(0)).not.toBe('healthy');

    await restart();
    await until('the server is ready again', () => stateOf(0) === 'half-open');
    // One of them is the trial that closes the breaker.
    await Promise.all([call(1, {}), call(2, {})]);
    expect([stateOf(0), stateOf(1)]).toEqual(['healthy', 'healthy']);
    await Promise.all(Array.from({ length: 8 }, (_, value) => call(value, {})));
    await until('the server has counted them', async () => (await finishedOn(0)) === 5);
  });

  it('a call that may have run is not run again: it fails typed, and the rest ends well', async () => {
    const before = await finishedOn(1);
    const { runningThere, outcomes } = await killUnderLoad({});
    const failures = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason);
    for (const reason of failures) {
      expect(reason).toBeInstanceOf(ConnectionLostError);
      expect(reason).toMatchObject({ code: 'connection-lost', model, isRetryable: true });
      expect(reason).not.toHaveProperty('details.attempts');
    }
    expect(failures.length).toBeGreaterThan(1);
    expect(failures.length).toBeLessThanOrEqual(runningThere);
    // The other server ran its own calls and nothing else.
    // Triton counts a call a moment after it has answered it; and nothing more may come then.
    await until('the server has counted its calls', async () => (await finishedOn(1)) - before >= inFlight / 2);
    await new Promise((resolve) => setTimeout(resolve, 5 * delayMs));
    expect((await finishedOn(1)) - before).toBe(inFlight / 2);
    expect(outstanding()).toEqual([0, 0]);
  });
});

it('a server that hangs is taken out by its health check, and is used again when it goes on', async () => {
  connect('http');
  await using _ = client;
  await Promise.all([call(1, {}), call(2, {})]);
  process.kill(serverOf(0).pid, 'SIGSTOP');
  try {
    // One of the two finds out.
    const outcomes = await Promise.allSettled([call(3, { timeoutMs: 1_000 }), call(4, { timeoutMs: 1_000 })]);
    const reasons = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason);
    expect(reasons).toMatchObject([{ code: 'timed-out', server: serverOf(0).url }]);
    await until('it is out', () => stateOf(0) === 'not-ready');
    await Promise.all(Array.from({ length: 4 }, (_, value) => call(value, { timeoutMs: 10_000 })));
  } finally {
    process.kill(serverOf(0).pid, 'SIGCONT');
  }
  await until('it is used again', () => stateOf(0) === 'healthy');
  await Promise.all([call(5, {}), call(6, {})]);
});
