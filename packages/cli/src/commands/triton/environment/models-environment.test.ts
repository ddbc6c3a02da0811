import { expect, it } from 'vitest';
import { modelsEnvironment } from './models-environment.ts';

const own = {
  HOME: '/home/a',
  ATELIER_SAM_MODEL: '/sam',
  HF_HOME: '/hub',
  ATELIER_PRECISION: 'bf16',
  LD_LIBRARY_PATH: '/x',
};

it('has what the person says of single models and the hub, and what the command line says above it', () => {
  expect(modelsEnvironment(own, { profile: 'full', device: 'cuda', cache: '/c' })).toEqual({
    TORCHINDUCTOR_CACHE_DIR: '/c/compiled',
    ATELIER_SAM_MODEL: '/sam',
    ATELIER_PRECISION: 'bf16',
    HF_HOME: '/hub',
    ATELIER_PROFILE: 'full',
    ATELIER_CACHE: '/c',
  });
  const random = modelsEnvironment(own, { profile: 'random', device: 'cpu', cache: '/c', precision: 'int8' });
  expect(random).toMatchObject({
    ATELIER_PROFILE: 'random',
    ATELIER_DEVICE: 'cpu',
    CUDA_VISIBLE_DEVICES: '',
    ATELIER_PRECISION: 'int8',
  });
});

it('has threads that do not wait busily on a CPU, and one each for tiny models, unless the person says otherwise', () => {
  const threads = (env: Record<string, string>, profile: 'full' | 'miniature' | 'random', device: 'cpu' | 'cuda') => {
    const { OMP_WAIT_POLICY: wait, OMP_NUM_THREADS: count } = modelsEnvironment(env, { profile, device, cache: '/c' });
    return { wait, count };
  };
  expect(threads({}, 'full', 'cpu')).toEqual({ wait: 'PASSIVE', count: undefined });
  expect(threads({}, 'random', 'cpu')).toEqual({ wait: 'PASSIVE', count: '1' });
  expect(threads({}, 'miniature', 'cpu')).toEqual({ wait: 'PASSIVE', count: '1' });
  expect(threads({}, 'random', 'cuda')).toEqual({ wait: undefined, count: undefined });
  // Left to the environment that the server has anyway.
  const person = { OMP_WAIT_POLICY: 'ACTIVE', OMP_NUM_THREADS: '4' };
  expect(threads(person, 'random', 'cpu')).toEqual({ wait: undefined, count: undefined });
});
