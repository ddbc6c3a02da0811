import { setTimeout as sleep } from 'node:timers/promises';
import type { TritonClient } from '@atelier/sdk/triton';
import type { LaunchedTriton } from '@atelier/sdk/triton/launch';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import type { TritonUpOutput } from '../../json-output.ts';
import { SetupError } from '../../setup-error.ts';
import type { Command, CommandContext } from '../command.ts';
import { checkPlatform } from './environment/check-platform.ts';
import { chooseDevice, type Device } from './environment/choose-device.ts';
import { modelsEnvironment } from './environment/models-environment.ts';
import { modelNames, modelsPackage } from './environment/models-package.ts';
import { preparePython } from './environment/prepare-python.ts';
import { warn } from './environment/tell.ts';
import { cacheFolder } from './environment/user-cache.ts';
import { environmentWordsIn } from './environment/words.ts';
import { type AdminKey, createAdminKey } from './up/admin-key.ts';
import { checkPorts } from './up/check-ports.ts';
import { checkWeights, type Weights } from './up/check-weights.ts';
import { type LoadedModel, loadModels } from './up/load-models.ts';
import { readyText } from './up/ready-text.ts';
import { serverEnded, startServer } from './up/start-server.ts';
import { supervise } from './up/supervise.ts';
import { tellHealing } from './up/tell-healing.ts';
import { unknownVariables } from './up/unknown-variables.ts';
import { environmentOptions, isLoopback, readUpChoice, type UpChoice } from './up/up-options.ts';
import { type UpWords, upWordsIn } from './up/words.ts';

export const up: Command = {
  name: 'triton up',
  summary: "Serve Atelier's models on this machine",
  usage: '[--profile miniature]',
  about: [
    'Starts a Triton Inference Server with vqa, owlv2, sam, sd3 and clip, without a container, and runs until Ctrl-C. The first time it makes a Python environment, and says before how big that is. Linux on x86-64 with glibc 2.35 or later and Python 3.10 to 3.13; elsewhere in a container (README of @atelier/triton-models).',
    'Weights are not fetched here: atelier triton pull does that. With --profile miniature all models have small weights that come along and know only Blockworld, pictures of coloured shapes: the whole path on a CPU, for tests and CI. With --profile random they have tiny random ones, for shapes and faults.',
    'A model that cannot be loaded is named with its reason while the others serve; only where none can be loaded the command ends with 1. One whose process dies is loaded again, at most 3 times in 5 minutes.',
  ],
  options: [
    {
      name: 'profile',
      value: 'full|miniature|random',
      help: 'The real weights (default), small ones that know only coloured shapes, or tiny random ones; ATELIER_PROFILE does the same',
    },
    { name: 'http-port', value: 'N', help: 'Port of HTTP (default: 8000)' },
    { name: 'grpc-port', value: 'N', help: 'Port of gRPC (default: the next one)' },
    { name: 'metrics-port', value: 'N', help: 'Port of the metrics (default: the one after that)' },
    {
      name: 'host',
      value: 'ADDRESS',
      help: 'Address to listen on (default: 127.0.0.1; whoever reaches it may use the models)',
    },
    { name: 'precision', value: 'P', help: 'Of the weights: auto, fp32, bf16, fp16, int8 or int4 (default: auto)' },
    ...environmentOptions,
  ],
  examples: [
    { line: 'atelier triton up --profile miniature', does: 'all models, on a CPU, nothing of theirs to download' },
    { line: 'atelier triton up --models owlv2,sam --http-port 9000', does: 'two models, on other ports' },
  ],
  requestOf: () => '',
  blank: () => ({
    command: 'triton up',
    status: 'failure',
    url: null,
    grpcUrl: null,
    metricsUrl: null,
    pid: null,
    profile: null,
    device: null,
    python: null,
    models: [],
    durationMs: 0,
  }),
  run,
};

async function run(context: CommandContext): Promise<ExitCode> {
  const { args, io } = context;
  const packageFolder = modelsPackage();
  const choice = readUpChoice(args, modelNames(packageFolder), io.env);
  const words = upWordsIn(context.language);
  const environmentWords = environmentWordsIn(context.language);
  // What can fail fast comes first.
  checkPlatform(environmentWords);
  await checkPorts(choice.ports, choice.host, words);
  const device = await chooseDevice(choice.device, { words: environmentWords, env: io.env, signal: io.signal });
  const cache = cacheFolder(choice.cache, io.env);
  const { models, profile, precision, yes } = choice;
  const python = await preparePython(context, { python: choice.python, device, cache, packageFolder, yes });
  const env = modelsEnvironment(io.env, { profile, device, cache, precision });
  const weights = await checkWeights({ context, words, python, packageFolder, models, profile, env });
  for (const { name, meant } of unknownVariables(io.env, weights.variables)) {
    warn(context, words.unknownVariable(name, meant));
  }
  if (!isLoopback(choice.host)) warn(context, words.openToAll(choice.host));
  const admin = createAdminKey();
  const { TritonClient } = await import('@atelier/sdk/triton');
  const server = await startServer({ context, words, choice, admin, python, packageFolder, env });
  const connect = () => administrator(TritonClient, server, admin);
  const over = new AbortController();
  // From the first on: a model's process may die while the next one takes the memory.
  const supervision = supervise({
    server,
    connect,
    signal: AbortSignal.any([io.signal, over.signal]),
    tell: (event) => tellHealing(event, context, words),
  });
  // Awaited later, where what went wrong is told.
  supervision.catch(() => {});
  try {
    return await serve(server, { context, words, choice, weights, python, device, connect, supervision });
  } catch (error) {
    await server.stop('SIGKILL');
    throw error;
  } finally {
    over.abort();
  }
}

interface Serving {
  readonly context: CommandContext;
  readonly words: UpWords;
  readonly choice: UpChoice;
  readonly weights: Weights;
  readonly python: string;
  readonly device: Device;
  /** Makes a client that may load models. */
  readonly connect: () => TritonClient;
  /** Resolves when the command is stopped. */
  readonly supervision: Promise<void>;
}

/** Loads the models, tells that they are ready, and waits until it is stopped. */
async function serve(server: LaunchedTriton, serving: Serving): Promise<ExitCode> {
  const { context, words, choice, weights, python, device, connect, supervision } = serving;
  const { progress } = context;
  const models = await orServerEnds(server, serving, load(connect, { context, words, models: choice.models }));
  if (!models.some(({ ready }) => ready)) {
    const reasons = models.map(({ name, reason }) => ({ name, reason }));
    throw new SetupError({
      code: 'models-failed',
      message: words.noneLoaded(choice.models),
      hint: words.noneLoadedHint,
      details: { models: reasons },
    });
  }
  const { url, grpcUrl, metricsUrl, pid } = server;
  const output: TritonUpOutput = {
    command: 'triton up',
    status: 'success',
    ...{ url, grpcUrl, metricsUrl, pid },
    profile: choice.profile,
    device,
    python,
    models,
    durationMs: context.elapsed(),
  };
  const readyOf = (names: readonly string[]) =>
    models.filter(({ name, ready }) => ready && names.includes(name)).map(({ name }) => name);
  const [random, miniature] = [readyOf(weights.random), readyOf(weights.miniature)];
  if (random.length > 0) warn(context, words.randomWeights(random));
  if (miniature.length > 0) warn(context, words.miniatureWeights(miniature));
  context.show({ output, text: readyText(output, words, context.style) });
  await orServerEnds(server, serving, supervision);
  const began = performance.now();
  progress.note(words.stopping);
  await server.stop();
  progress.done(words.stopped, performance.now() - began);
  return exitCodes.interrupted;
}

async function load(
  connect: () => TritonClient,
  options: { context: CommandContext; words: UpWords; models: readonly string[] },
): Promise<LoadedModel[]> {
  await using client = connect();
  return await loadModels(client, options);
}

/** It alone has the key of what the server restricts. */
const administrator = (
  Client: typeof TritonClient,
  { url, grpcUrl }: LaunchedTriton,
  { headers }: AdminKey,
): TritonClient => new Client({ url: { url, grpcUrl }, headers, retry: { attempts: 1 }, healthCheckMs: 0 });

/** The work, unless the server ends by itself first: then `serverEnded`. */
async function orServerEnds<Value>(
  server: LaunchedTriton,
  serving: Pick<Serving, 'choice' | 'words'>,
  work: Promise<Value>,
): Promise<Value> {
  const ended = server.ended.then(() => {
    throw serverEnded(serving.words.serverEnded, server.log(), serving);
  });
  try {
    return await Promise.race([work, ended]);
  } catch (error) {
    // A call may learn that the connection is gone before this process learns that the server is.
    await Promise.race([ended, sleep(500)]);
    throw error;
  }
}
