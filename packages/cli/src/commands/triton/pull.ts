import { exitCodes } from '../../exit-codes.ts';
import type { JsonError, TritonPullOutput } from '../../json-output.ts';
import { SetupError, type SetupErrorCode } from '../../setup-error.ts';
import type { Command, CommandContext, Finished } from '../command.ts';
import { factLines } from '../fact-lines.ts';
import { chooseDevice } from './environment/choose-device.ts';
import { modelsEnvironment } from './environment/models-environment.ts';
import { modelNames, modelsPackage } from './environment/models-package.ts';
import { preparePython } from './environment/prepare-python.ts';
import { cacheFolder } from './environment/user-cache.ts';
import { environmentWordsIn } from './environment/words.ts';
import { followPull, type Pulled } from './pull/follow-pull.ts';
import type { PullProblem } from './pull/pull-events.ts';
import { type PullWords, pullWordsIn } from './pull/words.ts';
import { environmentOptions, readEnvironmentChoice } from './up/up-options.ts';

export const pull: Command = {
  name: 'triton pull',
  summary: "Fetch the weights of Atelier's models",
  usage: '[--models A,B]',
  about: [
    'Shows what would be fetched from the Hugging Face hub, how big it is and under which licences, asks, and fetches it at pinned revisions into the shared cache of the hub (HF_HOME). What is here already is not fetched again, and what broke off goes on where it stopped.',
    'Weights whose licence must be accepted (sd3) need that, on the page that is named, and a token of the account: HF_TOKEN, or hf auth login. The Python environment of atelier triton up is made if it is not there yet.',
    'Nobody is asked with --yes, with --json, or where there is no terminal.',
  ],
  options: [
    { name: 'dry-run', help: 'Only show what would be fetched' },
    { name: 'verify', help: 'Compare every byte that is here with the hub, and fetch damaged files again' },
    ...environmentOptions,
  ],
  examples: [
    { line: 'atelier triton pull --models owlv2,sam', does: 'the weights of two models' },
    { line: 'atelier triton pull --dry-run', does: 'sizes and licences of all' },
  ],
  requestOf: () => '',
  blank: () => ({ command: 'triton pull', status: 'failure', cache: null, models: [], durationMs: 0 }),
  run,
};

async function run(context: CommandContext): Promise<Finished> {
  const { args, io, json, language } = context;
  const packageFolder = modelsPackage();
  const choice = readEnvironmentChoice(args, modelNames(packageFolder));
  const words = pullWordsIn(language);
  const device = await chooseDevice(choice.device, {
    words: environmentWordsIn(language),
    env: io.env,
    signal: io.signal,
  });
  const cache = cacheFolder(choice.cache, io.env);
  const { models, yes, python: named } = choice;
  const python = await preparePython(context, { python: named, device, cache, packageFolder, yes });
  const pulled = await followPull({
    context,
    words,
    python,
    packageFolder,
    models,
    env: modelsEnvironment(io.env, { profile: 'full', device, cache }),
    dryRun: args.has('dry-run'),
    verify: args.has('verify'),
    yes: yes || json || !io.isTty.stdin || !io.isTty.stderr,
  });
  const whole = pulled.problems.find(({ model }) => model === null);
  if (whole) throw problemOf(whole, words);
  return finish(context, pulled, words, args.has('dry-run'));
}

const codes: Readonly<Record<string, SetupErrorCode>> = {
  'gated-no-token': 'weights-gated',
  'gated-not-accepted': 'weights-gated',
  'token-wrong': 'weights-gated',
  offline: 'hub-unreachable',
  'connection-lost': 'hub-unreachable',
  'not-confirmed': 'cancelled',
  interrupted: 'cancelled',
};

function problemOf(problem: PullProblem, words: PullWords): SetupError {
  return new SetupError({
    code: codes[problem.code] ?? 'pull-failed',
    message: words.problem(problem),
    isRetryable: problem.retryable,
    details: { problem: problem.code, ...(problem.url === null ? {} : { url: problem.url }) },
  });
}

function finish(context: CommandContext, pulled: Pulled, words: PullWords, dryRun: boolean): Finished {
  const { plan, done } = pulled;
  const models = done.models.map((model) => describeModel(model, pulled));
  const failed = models.filter(({ state }) => state === 'failed').map(({ name }) => name);
  const error = failureOf(failed, pulled, words);
  const facts = models.map(({ name, folder, state }): [string, string] => [name, folder ?? state]);
  const text = dryRun ? words.planned : factLines(facts, context.style);
  return {
    exitCode: done.ok ? exitCodes.done : exitCodes.failed,
    output: {
      command: 'triton pull',
      status: done.ok ? 'success' : 'failure',
      cache: plan?.cache ?? null,
      models,
      durationMs: context.elapsed(),
      ...(error ? { error } : {}),
    },
    text: error
      ? `${text}\n\n${context.words.error} ${error.message}\n${words.again}`
      : `${text}${dryRun ? '' : `\n\n${words.next}`}`,
  };
}

function describeModel(
  { model: name, id, revision, folder, state }: Pulled['done']['models'][number],
  { plan, problems }: Pulled,
): TritonPullOutput['models'][number] {
  const planned = plan?.models.find(({ model }) => model === name);
  const problem = problems.find(({ model }) => model === name);
  return {
    name,
    id,
    revision,
    folder,
    state,
    bytes: planned?.bytes ?? null,
    licence: planned?.licence ?? null,
    licenceUrl: planned?.licence_url ?? null,
    gated: planned?.gated ?? null,
    error: problem ? { code: problem.code, message: problem.message, url: problem.url } : null,
  };
}

/** One code where all failed for the same reason. */
function failureOf(failed: readonly string[], { problems }: Pulled, words: PullWords): JsonError | undefined {
  if (failed.length === 0) return undefined;
  const kinds = new Set(problems.map(({ code }) => codes[code] ?? 'pull-failed'));
  const [only = 'pull-failed'] = kinds;
  return {
    code: kinds.size === 1 ? only : 'pull-failed',
    message: words.someFailed(failed),
    hint: words.again,
    isRetryable: problems.some(({ retryable }) => retryable),
  };
}
