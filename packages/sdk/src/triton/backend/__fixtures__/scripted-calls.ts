import type { TritonCallOptions } from '../../client/client-options.ts';
import type { ModelCalls } from '../connection.ts';
import type { Outputs } from '../outputs.ts';

/** A model that gives these responses, whatever it is asked; what it was asked is kept. */
export function scriptedCalls(responses: readonly Outputs[]) {
  const asked: { inputs: Readonly<Record<string, unknown>>; options: TritonCallOptions }[] = [];
  const calls: ModelCalls = {
    able: () => true,
    async infer(_model, inputs, options) {
      asked.push({ inputs, options });
      const [only] = responses;
      return only;
    },
    async *stream(_model, inputs, options) {
      asked.push({ inputs, options });
      yield* responses;
    },
  };
  return { calls, asked };
}
