import { z } from 'zod';
import { SetupError } from '../../../setup-error.ts';
import { printable } from '../../../terminal/printable.ts';
import type { CommandContext } from '../../command.ts';
import { runProgram } from '../environment/run-program.ts';
import { byteText } from '../environment/sizes.ts';
import type { UpWords } from './words.ts';

/** What `python -m atelier_models.weights.check --json` prints; its docstring has the meaning. */
const checkSchema = z.object({
  ok: z.boolean(),
  command: z.string().nullable(),
  models: z.array(
    z.object({
      model: z.string(),
      id: z.string(),
      ok: z.boolean(),
      state: z.string(),
      message: z.string(),
      bytes: z.number().nullable(),
      gated: z.boolean(),
    }),
  ),
});

type Checked = z.infer<typeof checkSchema>;

interface CheckOptions {
  readonly context: Pick<CommandContext, 'io' | 'progress'>;
  readonly words: UpWords;
  readonly python: string;
  readonly packageFolder: string;
  readonly models: readonly string[];
  /** See `modelsEnvironment`. */
  readonly env: Readonly<Record<string, string>>;
}

/** Throws `weights-missing` where weights are not here, with what, how big, and the command that fetches them. Uses no network. */
export async function checkWeights(options: CheckOptions): Promise<void> {
  const { context, words, python, packageFolder, models, env } = options;
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
  if (!checked.ok) throw weightsMissing(checked, words);
}

function readCheck(line: string | undefined): Checked | undefined {
  try {
    return checkSchema.parse(JSON.parse(line ?? ''));
  } catch {
    return undefined;
  }
}

function weightsMissing({ models, command }: Checked, words: UpWords): SetupError {
  const missing = models.filter(({ ok }) => !ok);
  const sizes = missing.map(({ bytes }) => bytes);
  const sum = sizes.includes(null) ? undefined : byteText(sizes.reduce<number>((all, bytes) => all + (bytes ?? 0), 0));
  const whole = models.filter(({ ok }) => ok).map(({ model }) => model);
  return new SetupError({
    code: 'weights-missing',
    message: words.weightsMissing(missing.map(({ model }) => model)),
    ...(command === null ? {} : { hint: words.weightsHint(command, sum, whole) }),
    lines: missing.map(({ bytes, gated, message }) => {
      const facts = [...(bytes === null ? [] : [byteText(bytes)]), ...(gated ? [words.gated] : [])];
      return `${printable(message)}${facts.length > 0 ? ` (${facts.join(', ')})` : ''}`;
    }),
    details: { models: missing.map(({ model, id, bytes, gated, state }) => ({ model, id, bytes, gated, state })) },
  });
}
