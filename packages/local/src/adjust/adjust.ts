import type { AdjustRequest, CallContext, Capability, Pixels } from '@atelier/sdk';
import { adjustOperations, findPixelOperation, parseParameters } from '@atelier/sdk/adjust';
import { AtelierError } from '@atelier/sdk/errors';
import type { RunTask } from '../worker/pool.ts';
import type { AdjustTaskInput, AdjustTaskOutput } from './adjust-task.ts';

/**
 * Does every pixel operation of `adjustOperations` in a worker thread. Throws `invalid-input` for an unknown operation or
 * parameters that do not fit it, and `mask-invalid` for weights that do not fit the picture.
 */
export function createAdjust(runTask: RunTask): Capability<AdjustRequest, Pixels> {
  return {
    model: 'pixel-operations',
    able({ operation }) {
      const names = adjustOperations.filter(({ kind }) => kind === 'pixels').map(({ name }) => name);
      if (names.includes(operation)) return true;
      return { code: 'capability-unavailable', hint: `There is no "${operation}". Use one of: ${names.join(', ')}.` };
    },
    run: (request, context) => adjust(runTask, request, context),
  };
}

async function adjust(runTask: RunTask, request: AdjustRequest, context: CallContext): Promise<Pixels> {
  const { image, operation, alpha } = request;
  const { width, height, data } = image;
  // Checked here too, so that a wrong call fails before pixels are copied to a thread.
  const parameters = parseParameters(findPixelOperation(operation), request.parameters);
  if (alpha.length !== width * height) {
    throw new AtelierError({
      code: 'mask-invalid',
      message: `${width} x ${height} pixels take one weight each; ${alpha.length} were given.`,
    });
  }
  const input: AdjustTaskInput = { width, height, data, alpha, operation, parameters };
  const output = await runTask<AdjustTaskInput, AdjustTaskOutput>('adjust', input, {
    signal: context.signal,
    progress: context.progress,
  });
  context.progress?.(1);
  return { width, height, data: output.data };
}
