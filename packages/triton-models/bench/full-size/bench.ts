import { machineOf } from '../../../sdk/bench/triton/report.ts';
import { median, quantile } from '../../../sdk/bench/triton/statistics.ts';
import { measureThroughput, type Throughput } from '../at-once.ts';
import { BareProcess } from '../bare-process.ts';
import type { BenchOptions } from '../bench.ts';
import { playRounds } from '../rounds.ts';
import { type Row, rowOf } from '../row.ts';
import type { Load, Scenario } from '../scenario.ts';
import { scenariosOf } from '../scenarios.ts';
import { type Served, serve } from '../served.ts';
import { type Configuration, readConfigurations } from './manifest.ts';
import { gpuBytes, serverBytes } from './memory.ts';
import type { BareBatch, FullSizeReport, FullSizeRun } from './report.ts';

export interface FullSizeOptions extends Omit<BenchOptions, 'env'> {
  /** That the weights were written to. */
  readonly folder: string;
  /** For compiled code. */
  readonly cache: string;
  readonly device: string;
  /** Default: all. */
  readonly precisions: readonly string[] | undefined;
}

const allPrecisions = ['fp32', 'bf16', 'int8', 'int4'];

const whole: Load = {
  photo: [1024, 683],
  paint: { side: 1024, steps: 28 },
  tokens: 128,
  clipPictures: [1, 32],
  all: false,
  calls: { quick: 10, streaming: 2 },
};
/** Shows that every path works, on a processor too. */
const trial: Load = {
  ...whole,
  paint: { side: 256, steps: 2 },
  tokens: 8,
  clipPictures: [1, 4],
  calls: { quick: 1, streaming: 1 },
};

/** Every configuration of the folder in every precision, each on a server of its own: memory is then its own too. */
export async function benchFullSize(options: FullSizeOptions): Promise<FullSizeReport> {
  const machine = machineOf('', 'tritonserver of the wheel');
  const configurations = await readConfigurations(options.folder);
  const runs: FullSizeRun[] = [];
  for (const configuration of configurations.filter(({ model }) => options.models.includes(model))) {
    for (const precision of options.precisions ?? allPrecisions) {
      options.onProgress(`${configuration.name}, ${precision}`);
      runs.push(await runOf(configuration, precision, options));
    }
  }
  return { machine, device: options.device, quick: options.quick, runs };
}

/** A precision that a model does not have, or that does not fit, is a row that says why. */
async function runOf(configuration: Configuration, precision: string, options: FullSizeOptions): Promise<FullSizeRun> {
  const { cache, device, python, signal } = options;
  const onGpu = device.startsWith('cuda');
  const settings = { ...configuration.settings, model: configuration.folder };
  const env = {
    ...Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [`ATELIER_${configuration.model}_${name}`.toUpperCase(), value]),
    ),
    ATELIER_PROFILE: 'full',
    ATELIER_CACHE: cache,
    ATELIER_DEVICE: device,
    ATELIER_PRECISION: precision,
  };
  const before = onGpu ? await gpuBytes() : 0;
  const began = performance.now();
  let served: Served | undefined;
  try {
    served = await serve({ python, models: [configuration.model], env, readyTimeoutMs: 1_200_000, signal });
    const readySeconds = (performance.now() - began) / 1000;
    const warmBytes = await serverBytes(onGpu, served.server.pid, before);
    const measured = await measure(configuration, served, env, options);
    const { peakBytes, ...figures } = measured;
    return { configuration, precision, readySeconds, memory: { warmBytes, peakBareBytes: peakBytes }, ...figures };
  } catch (error) {
    signal.throwIfAborted();
    return { configuration, precision, failure: reasonOf(error), rows: [], batches: [], throughput: [] };
  } finally {
    await served?.close();
  }
}

async function measure(
  { model }: Configuration,
  { client }: Served,
  env: Readonly<Record<string, string>>,
  { python, quick, signal, onProgress }: FullSizeOptions,
) {
  const scenarios = await scenariosOf(model, quick ? trial : whole);
  const bare = await BareProcess.start(model, 'bare', { python, env, parameters: {}, signal });
  try {
    const rows: Row[] = [];
    const batches: BareBatch[] = [];
    const throughput: Throughput[] = [];
    for (const scenario of scenarios) {
      onProgress(`  ${scenario.what}`);
      const contestants = { client, bare: bare.process, plain: undefined };
      rows.push(
        rowOf(scenario, await playRounds(contestants, scenario, { rounds: quick ? 1 : 5, warmUp: quick ? 0 : 1 })),
      );
      if (scenario.streams) continue;
      batches.push(...(await bareBatches(bare.process, scenario, quick)));
      throughput.push(await measureThroughput(client, scenario, quick ? 2 : 64, quick ? 1 : 3));
    }
    const { peakBytes } = await bare.process.run([]);
    return { rows, batches, throughput, machine: bare.machine, peakBytes };
  } finally {
    await bare.process.close();
  }
}

/** owlv2 and sam with eight requests in one batch. */
async function bareBatches(bare: BareProcess, scenario: Scenario, quick: boolean): Promise<BareBatch[]> {
  if (scenario.model === 'clip') return [];
  const [size, calls] = quick ? [2, 1] : [8, 10];
  const requests = Array.from({ length: size * (calls + 1) }, (_, index) => scenario.request(3e6 + index));
  const { timings } = await bare.run(requests, size);
  const milliseconds = timings.slice(1).map((timing) => timing.milliseconds);
  const times = { p50: median(milliseconds), p90: quantile(milliseconds, 0.9) };
  return [{ what: scenario.what, size, times }];
}

/** The model's own sentence in the server's words, where there is one. */
export function reasonOf(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error);
  const own = /TritonModelException: ([^\n]+)/.exec(words);
  return (own?.[1] ?? words.split('\n')[0] ?? '').trim();
}
