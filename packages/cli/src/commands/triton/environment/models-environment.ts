import { join } from 'node:path';
import type { Profile } from '../up/up-options.ts';
import type { Device } from './choose-device.ts';

interface ModelsEnvironment {
  readonly profile: Profile;
  readonly device: 'auto' | Device;
  readonly cache: string;
  readonly precision?: string | undefined;
}

/**
 * What the models and the programs about their weights are told by their environment, on top of what the person's own says
 * about single models (`ATELIER_SAM_MODEL`) and the hub (`HF_HOME`). On a GPU each instance stays where Triton puts it.
 */
export function modelsEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  { profile, device, cache, precision }: ModelsEnvironment,
): Record<string, string> {
  const own = Object.entries(env).flatMap(([name, value]) =>
    /^(ATELIER|HF|HUGGING_FACE|TORCH|TORCHINDUCTOR)_/.test(name) && value !== undefined ? [[name, value]] : [],
  );
  return {
    // The models' own folder for compiled code. Torch makes one when it is imported, in the temporary folder if told nothing.
    TORCHINDUCTOR_CACHE_DIR: join(cache, 'compiled'),
    ...Object.fromEntries(own),
    ATELIER_PROFILE: profile,
    ATELIER_CACHE: cache,
    ...(device === 'cpu' ? { ATELIER_DEVICE: 'cpu', CUDA_VISIBLE_DEVICES: '' } : {}),
    ...(device === 'cpu' ? threadsOf(env, profile) : {}),
    ...(precision === undefined ? {} : { ATELIER_PRECISION: precision }),
  };
}

/**
 * Several processes on few cores: threads of torch that wait busily for each other take the cores from the other models,
 * and everything lasts three to six times as long. Small models gain little from threads, and with one they compute the same
 * on machines of few and of many cores. What the person says is kept.
 */
function threadsOf(env: Readonly<Record<string, string | undefined>>, profile: Profile): Record<string, string> {
  return {
    ...(env.OMP_WAIT_POLICY === undefined ? { OMP_WAIT_POLICY: 'PASSIVE' } : {}),
    ...(profile !== 'full' && env.OMP_NUM_THREADS === undefined ? { OMP_NUM_THREADS: '1' } : {}),
  };
}
