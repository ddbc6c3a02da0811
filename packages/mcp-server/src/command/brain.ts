import type { AtelierOptions } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import type { Environment } from './given.ts';
import { UsageError } from './usage-error.ts';

type Brain = NonNullable<AtelierOptions['brain']>;

const builtIn = 'planner';

/** Where the request and reduced pictures are sent; undefined for the built-in planner, which sends nothing. */
export function brainPlace(name: string, env: Environment): string | undefined {
  if (name === builtIn) return undefined;
  if (name.startsWith('openai:')) return 'OpenAI (api.openai.com)';
  if (name.startsWith('google:')) return 'Google (generativelanguage.googleapis.com)';
  return URL.parse(env.ATELIER_BRAIN_URL ?? '')?.origin ?? 'the server of ATELIER_BRAIN_URL';
}

/**
 * Opens the brain of this name; sends nothing. Its package, and the planner, are loaded only here: they take longer than a host
 * should wait for an answer. Throws `UsageError` for a name that means nothing, and for a missing key, address or model.
 */
export async function openBrainNamed(name: string, env: Environment): Promise<Brain> {
  if (name === builtIn) return (await import('@atelier/local')).planner();
  const { brainForms, openBrain } = await import('@atelier/sdk/brains');
  try {
    return await openBrain(name, { env });
  } catch (error) {
    if (!AtelierError.isInstance(error) || error.code !== 'invalid-input') throw error;
    const hint = error.details?.forms ? `the brains are ${[builtIn, ...brainForms].join(', ')}` : error.hint;
    throw new UsageError(`--brain ${name}: ${error.message.replace(/\.$/, '')}`, hint);
  }
}
