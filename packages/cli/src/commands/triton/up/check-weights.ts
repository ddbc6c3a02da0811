import { z } from 'zod';
import { SetupError } from '../../../setup-error.ts';
import { printable } from '../../../terminal/printable.ts';
import type { CommandContext } from '../../command.ts';
import { cautionSchema, cautionText } from '../environment/caution.ts';
import { runProgram } from '../environment/run-program.ts';
import { byteText } from '../environment/sizes.ts';
import type { Profile } from './up-options.ts';
import type { UpWords } from './words.ts';

/** What `python -m atelier_models.weights.check --json` prints; its docstring has the meaning. */
const checkSchema = z.object({
  command: z.string().nullable(),
  models: z.array(
    z.object({
      model: z.string(),
      id: z.string().nullable(),
      ok: z.boolean(),
      state: z.string(),
      missing: z.array(z.string()),
      message: z.string(),
      bytes: z.number().nullable(),
      gated: z.boolean(),
      caution: cautionSchema.nullable(),
    }),
  ),
  variables: z.array(z.string()),
});

type Checked = z.infer<typeof checkSchema>;
type CheckedModel = Checked['models'][number];

export interface Weights {
  /** Models whose weights are random. */
  readonly random: readonly string[];
  /** Models whose weights know Blockworld alone. */
  readonly miniature: readonly string[];
  /** The environment variables that the settings of the models are read from. */
  readonly variables: readonly string[];
}

interface CheckOptions {
  readonly context: Pick<CommandContext, 'io' | 'progress' | 'language'>;
  readonly words: UpWords;
  readonly python: string;
  readonly packageFolder: string;
  readonly models: readonly string[];
  readonly profile: Profile;
  /** See `modelsEnvironment`. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Throws `weights-missing` where weights are not here, with what, how big, and the command that fetches them, and
 * `settings-invalid` where a setting keeps them from being found; tiny random models tell that when they are loaded.
 * Uses no network.
 */
export async function checkWeights(options: CheckOptions): Promise<Weights> {
  const { context, words, python, packageFolder, models, profile, env } = options;
  context.progress.update(words.checkingWeights);
  const lines: string[] = [];
  const { tail } = await runProgram(
    python,
    ['-m', 'atelier_models.weights.check', '--models', models.join(','), '--json'],
    {
      env: { ...context.io.env, ...env, PYTHONPATH: packageFolder, PYTHONDONTWRITEBYTECODE: '1' },
      signal: context.io.signal,
      onLine: (line) => lines.push(line),
      onErrorLine: () => {},
    },
  );
  const checked = readCheck(lines.at(-1));
  if (checked === undefined)
    throw new SetupError({ code: 'weights-missing', message: words.checkFailed, lines: tail.slice(-8) });
  const unready = checked.models.filter(({ ok }) => !ok);
  const missing = unready.filter((model) => !isSetting(model));
  if (missing.length > 0 || (profile !== 'random' && unready.length > 0)) throw notReady(checked, missing, options);
  const inState = (wanted: string) => checked.models.filter(({ state }) => state === wanted).map(({ model }) => model);
  return { random: inState('random'), miniature: inState('miniature'), variables: checked.variables };
}

const isSetting = ({ state }: CheckedModel): boolean => state === 'settings';

function readCheck(line: string | undefined): Checked | undefined {
  try {
    return checkSchema.parse(JSON.parse(line ?? ''));
  } catch {
    return undefined;
  }
}

/** @param missing the models whose weights are not here or not whole. Where there are none, settings are at fault. */
function notReady(
  { models, command }: Checked,
  missing: readonly CheckedModel[],
  { words, context }: CheckOptions,
): SetupError {
  const unready = models.filter(({ ok }) => !ok);
  const names = (of: readonly CheckedModel[]) => of.map(({ model }) => model);
  const wrong = names(unready.filter(isSetting));
  const sentences = [
    ...(missing.length > 0 ? [words.weightsMissing(names(missing))] : []),
    ...(wrong.length > 0 ? [words.settingsWrong(wrong)] : []),
  ];
  const sizes = missing.map(({ bytes }) => bytes);
  const sum = sizes.includes(null) ? undefined : byteText(sizes.reduce<number>((all, bytes) => all + (bytes ?? 0), 0));
  const whole = names(models.filter(({ ok }) => ok));
  const helpless = missing.length > 0 ? words.miniatureHint : words.settingsHint;
  return new SetupError({
    code: missing.length > 0 ? 'weights-missing' : 'settings-invalid',
    message: sentences.join(' '),
    hint: command === null ? helpless : words.weightsHint(command, sum, whole),
    lines: unready.flatMap((model) => {
      const { caution } = model;
      const told = reason(model, words);
      return caution === null ? [told] : [told, cautionText(model.model, caution, context.language)];
    }),
    details: { models: unready.map(({ model, id, bytes, gated, state }) => ({ model, id, bytes, gated, state })) },
  });
}

/** With a size only where something would be fetched. */
function reason(model: CheckedModel, words: UpWords): string {
  const { bytes, gated } = model;
  const facts = [...(bytes ? [byteText(bytes)] : []), ...(gated ? [words.gated] : [])];
  return `${printable(words.unready(model))}${facts.length > 0 ? ` (${facts.join(', ')})` : ''}`;
}
