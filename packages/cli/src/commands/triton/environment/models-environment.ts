import type { Device } from './choose-device.ts';

interface ModelsEnvironment {
  readonly profile: 'full' | 'random';
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
    /^(ATELIER|HF|HUGGING_FACE|TORCH)_/.test(name) && value !== undefined ? [[name, value]] : [],
  );
  return {
    ...Object.fromEntries(own),
    ATELIER_PROFILE: profile,
    ATELIER_CACHE: cache,
    ...(device === 'cpu' ? { ATELIER_DEVICE: 'cpu', CUDA_VISIBLE_DEVICES: '' } : {}),
    ...(precision === undefined ? {} : { ATELIER_PRECISION: precision }),
  };
}
