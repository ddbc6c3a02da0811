import type { Capability, Pixels, RemoveRequest } from '@atelier/sdk';
import type { RunTask } from '../worker/pool.ts';
import type { RemoveInput, RemoveOutput } from './remove-task.ts';

/** `remove` by patch synthesis: the hole is rebuilt from pieces of its surroundings, in a worker thread. */
export function createRemove(runTask: RunTask): Capability<RemoveRequest, Pixels> {
  return {
    model: 'patch-synthesis',
    able: () => true,
    async run({ image, mask, seed }, { signal, progress }) {
      const { width, height, data } = image;
      const input: RemoveInput = { width, height, data, hole: mask.data, seed };
      const output = await runTask<RemoveInput, RemoveOutput>('remove', input, {
        ...(signal ? { signal } : {}),
        ...(progress ? { progress } : {}),
      });
      return { width, height, data: output.data };
    },
  };
}
