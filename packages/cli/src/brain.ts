import type { AtelierOptions } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import { printable } from './terminal/printable.ts';
import { UsageError } from './usage-error.ts';

type Brain = NonNullable<AtelierOptions['brain']>;
type Environment = Readonly<Record<string, string | undefined>>;

/** Who plans, and where it runs. */
export interface BrainChoice {
  /** As it was named: `planner`, `openai:gpt-5.2`, `google:gemini-3-pro`, `compatible:qwen3`. */
  readonly name: string;
  /** Where the request and reduced pictures are sent; undefined for the built-in planner, which sends nothing. */
  readonly sentTo: string | undefined;
  open(): Promise<Brain>;
}

const builtIn = 'planner';

/** The name of the brain that a command line or the environment asks for, whether or not there is such a brain. */
export const brainNamed = (option: string | undefined, env: Environment): string =>
  option?.trim() ?? (env.ATELIER_BRAIN?.trim() || builtIn);

/**
 * The brain that `--brain`, or else `ATELIER_BRAIN`, names; by default the built-in planner.
 * A key that happens to lie in the environment is never a reason to choose another: pictures would be sent there unasked.
 * Throws `UsageError` for a name that means nothing, and where the brain's key, address, model or package is missing.
 */
export async function chooseBrain(option: string | undefined, env: Environment): Promise<BrainChoice> {
  const name = brainNamed(option, env);
  if (name === builtIn) {
    return { name, sentTo: undefined, open: async () => (await import('@atelier/local')).planner() };
  }
  const brain = await openNamed(name, env, option === undefined ? 'ATELIER_BRAIN' : '--brain');
  return { name, sentTo: placeOf(name, env), open: async () => brain };
}

/** Nothing is sent by opening it. Its package is loaded only for those who named it. */
async function openNamed(name: string, env: Environment, from: string): Promise<Brain> {
  const { brainForms, openBrain } = await import('@atelier/sdk/brains');
  try {
    return await openBrain(name, { env });
  } catch (error) {
    if (!AtelierError.isInstance(error) || error.code !== 'invalid-input') throw error;
    const hint = error.details?.forms ? `the brains are ${[builtIn, ...brainForms].join(', ')}` : error.hint;
    throw new UsageError(`${from} ${printable(name)}: ${error.message.replace(/\.$/, '')}`, hint);
  }
}

function placeOf(name: string, env: Environment): string {
  if (name.startsWith('openai:')) return 'OpenAI (api.openai.com)';
  if (name.startsWith('google:')) return 'Google (generativelanguage.googleapis.com)';
  const { protocol, host } = new URL(env.ATELIER_BRAIN_URL ?? '');
  return `${protocol}//${host}`;
}
