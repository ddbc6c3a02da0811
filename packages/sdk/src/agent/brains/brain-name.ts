import { AtelierError } from '../../errors/atelier-error.ts';

/** A brain's name in its parts. */
export interface BrainName {
  readonly provider: 'openai' | 'google' | 'compatible';
  /** The provider's name for the model; undefined only for `compatible`, which may take it from the environment. */
  readonly model: string | undefined;
}

/** How brains are named, for people. */
export const brainForms = ['openai:MODEL', 'google:MODEL', 'compatible:MODEL', 'compatible'] as const;

/** Reads `openai:gpt-5.2`. Throws `invalid-input`. */
export function parseBrainName(name: string): BrainName {
  const [provider = '', ...rest] = name.trim().split(':');
  // Models may have colons in their names: `compatible:qwen3:8b`.
  const model = rest.join(':');
  if (/\s/.test(model)) throw badName(`A model's name has no spaces in it: "${model}".`);
  switch (provider) {
    case 'openai':
    case 'google':
      if (model === '') throw badName(`"${name}" names no model.`, `Name one: ${provider}:MODEL.`);
      return { provider, model };
    case 'compatible':
      return { provider, model: model === '' ? undefined : model };
    default:
      throw badName(`There is no brain called "${name}".`);
  }
}

const badName = (message: string, hint = `Brains are named ${brainForms.join(', ')}.`): AtelierError =>
  new AtelierError({ code: 'invalid-input', message, hint, details: { forms: brainForms } });
