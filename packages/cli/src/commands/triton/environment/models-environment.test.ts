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
