import { fileURLToPath } from 'node:url';
import { type LaunchedTriton, launchTriton } from '@atelier/sdk/triton/launch';
import serverArguments from '../../server-arguments.json' with { type: 'json' };

export interface ServeOptions {
  /** The interpreter of an environment that can serve the models. */
  readonly python: string;
  /** More environment of the models: `ATELIER_OWLV2_MODEL` serves other weights. */
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** The five models in miniature, as `atelier triton up --profile miniature` serves them, on free ports. */
export function serveMiniature({ python, env, signal }: ServeOptions): Promise<LaunchedTriton> {
  return launchTriton({
    python,
    repository: fileURLToPath(new URL('../../models', import.meta.url)),
    readyTimeoutMs: 240_000,
    env: { ATELIER_PROFILE: 'miniature', ATELIER_DEVICE: 'cpu', OMP_WAIT_POLICY: 'PASSIVE', ...env },
    args: [...serverArguments, '--load-model=*'],
    ...(signal ? { signal } : {}),
  });
}
