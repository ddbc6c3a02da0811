import { AtelierError } from '../../errors/atelier-error.ts';
import type { TritonClient } from '../client/client.ts';
import type { TritonClientOptions } from '../client/client-options.ts';

/** The names under which a server hosts the models, and what the models are asked for where a request does not say. */
export interface TritonModelOptions {
  /**
   * Names on the server, where they are not `vqa`, `owlv2`, `sam` and `sd3`; `false` for a model that is not to be used,
   * so that the next backend is asked. @example { sd3: 'sd3-medium', vqa: false }
   */
  readonly models?: Partial<Readonly<Record<ModelRole, string | false>>>;
  /** Longest answer of `ask`, in tokens. Default 256. */
  readonly maxTokens?: number;
  /** Smallest score that `detect` reports, 0..1. Default 0.2: OWLv2's scores of clear things lie around 0.3 to 0.7. */
  readonly threshold?: number;
  /** Denoising steps. Default 28, what Stable Diffusion 3 Medium is published with. */
  readonly steps?: number;
  /** Classifier-free guidance, 0 and more. Default 7, what Stable Diffusion 3 Medium is published with. */
  readonly guidance?: number;
  /** How much of what is under the mask `inpaint` may repaint, 0..1. Default 1: nothing of it is kept. */
  readonly strength?: number;
}

/** A `TritonClient` whatever types of models it was given. */
export type AnyTritonClient = Omit<TritonClient, 'model'> & { model(name: never): object };

/** A server, or a client that is there already (and is then not closed with the backend). */
export type TritonBackendOptions = TritonModelOptions &
  (TritonClientOptions | { readonly client: AnyTritonClient; readonly url?: undefined });

/** What a model is for, by the name that it has unless told otherwise. */
export type ModelRole = 'vqa' | 'owlv2' | 'sam' | 'sd3';

/** The options with their defaults. */
export type Settings = Required<Omit<TritonModelOptions, 'models'>> & {
  readonly models: Readonly<Record<ModelRole, string | false>>;
};

/** Throws `invalid-input` for what is out of range. */
export function settingsOf(options: TritonModelOptions): Settings {
  const { maxTokens = 256, threshold = 0.2, steps = 28, guidance = 7, strength = 1 } = options;
  const models = { vqa: 'vqa', owlv2: 'owlv2', sam: 'sam', sd3: 'sd3', ...definedOf(options.models ?? {}) };
  checkWhole('maxTokens', maxTokens, 2 ** 31 - 1);
  checkWhole('steps', steps, 1_000);
  checkRange('threshold', threshold, 1);
  checkRange('guidance', guidance, 100);
  checkRange('strength', strength, 1);
  for (const [role, name] of Object.entries(models)) {
    if (name === false || (typeof name === 'string' && name.trim() !== '')) continue;
    throw invalid(`models.${role} must be a model's name or false.`);
  }
  return { models, maxTokens, threshold, steps, guidance, strength };
}

/** Without the entries that are undefined. */
const definedOf = <Value extends object>(record: Value): Value =>
  // Only entries of the record itself are left in it.
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Value;

function checkWhole(name: string, value: number, most: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= most) return;
  throw invalid(`${name} must be a whole number from 1 to ${most}, not ${value}.`);
}

function checkRange(name: string, value: number, most: number): void {
  if (value >= 0 && value <= most) return;
  throw invalid(`${name} must be from 0 to ${most}, not ${value}.`);
}

const invalid = (message: string): AtelierError => new AtelierError({ code: 'invalid-input', message });
