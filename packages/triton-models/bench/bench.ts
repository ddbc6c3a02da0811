import { machineOf } from '../../sdk/bench/triton/report.ts';
import { type Batching, measureBatching, measureThroughput, type Throughput } from './at-once.ts';
import { BareProcess, type PythonMachine } from './bare-process.ts';
import { type Report, reportOf } from './report.ts';
import { playRounds } from './rounds.ts';
import { type Row, rowOf } from './row.ts';
import type { Load, ModelName, Scenario } from './scenario.ts';
import { scenariosOf } from './scenarios.ts';
import { type Served, serve } from './served.ts';

export interface BenchOptions {
  /** Interpreter of the environment that the models run in. */
  readonly python: string;
  /** Shows that everything works, not how fast it is. */
  readonly quick: boolean;
  readonly models: readonly ModelName[];
  /** The models' settings for the server and the processes beside it, `ATELIER_...`. */
  readonly env: Readonly<Record<string, string>>;
  /** Aborting stops everything that was started and rejects. */
  readonly signal: AbortSignal;
  readonly onProgress: (message: string) => void;
}

const load: Load = {
  photo: [1024, 683],
  paint: { side: 128, steps: 8 },
  tokens: 16,
  clipPictures: [1],
  all: true,
  calls: { quick: 5, streaming: 3 },
};
const rounds = (quick: boolean) => (quick ? 2 : 12);
const atOnce = 64;
const throughputRounds = 5;

/** All models in one run against one server, which it starts and stops. */
export async function benchModels(options: BenchOptions): Promise<Report> {
  const { python, models, env, signal, quick, onProgress } = options;
  const began = performance.now();
  const loadBefore = machineOf('', '').loadBefore;
  onProgress('starting the server');
  const served = await serve({ python, models, env, readyTimeoutMs: 600_000, signal });
  try {
    const { name, version } = await served.client.serverMetadata();
    const rows: Row[] = [];
    const throughput: Throughput[] = [];
    let batching: Batching | undefined;
    let machine: PythonMachine | undefined;
    for (const model of models) {
      const scenarios = await scenariosOf(model, load);
      const compared = await compare(served, scenarios, options);
      rows.push(...compared.rows);
      machine = compared.machine;
      for (const scenario of quickOnes(scenarios)) {
        onProgress(`${model}, ${scenario.what}: ${atOnce} at once`);
        throughput.push(await measureThroughput(served.client, scenario, atOnce, quick ? 1 : throughputRounds));
      }
      if (model === 'owlv2' && scenarios[0]) {
        onProgress('owlv2: 8 at once against 8 in sequence');
        batching = await measureBatching(served.client, scenarios[0], load, rounds(quick));
      }
    }
    const here = { ...machineOf('', `${name} ${version}`), loadBefore };
    return reportOf({
      machine: { ...here, models: machine },
      seconds: (performance.now() - began) / 1000,
      rows,
      batching,
      throughput,
    });
  } finally {
    await served.close();
  }
}

const quickOnes = (scenarios: readonly Scenario[]) => scenarios.filter(({ streams }) => !streams);

/** The rows of one model's scenarios. Its processes live only meanwhile: several full sets of weights would not fit. */
async function compare(
  { client }: Served,
  scenarios: readonly Scenario[],
  { python, env, signal, quick, onProgress }: BenchOptions,
): Promise<{ rows: Row[]; machine: PythonMachine | undefined }> {
  const [first] = scenarios;
  if (!first) return { rows: [], machine: undefined };
  const { parameters } = await client.modelConfig(first.model);
  const texts = Object.fromEntries(Object.entries(parameters).map(([key, { string_value }]) => [key, string_value]));
  const beside = { python, env, parameters: texts, signal };
  const bare = await BareProcess.start(first.model, 'bare', beside);
  const plain = await BareProcess.start(first.model, 'plain', beside);
  try {
    const rows: Row[] = [];
    for (const scenario of scenarios) {
      onProgress(`${scenario.model}, ${scenario.what}`);
      const played = await playRounds({ client, bare: bare.process, plain: plain.process }, scenario, {
        rounds: rounds(quick),
        warmUp: 1,
      });
      rows.push(rowOf(scenario, played));
    }
    return { rows, machine: bare.machine };
  } finally {
    await Promise.all([bare.process.close(), plain.process.close()]);
  }
}
