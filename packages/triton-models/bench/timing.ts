import { type TritonClient, text } from '@atelier/sdk/triton';
import type { Scenario } from './scenario.ts';
import type { Tensors } from './tensors.ts';

/** Of one call, wherever it ran. */
export interface Timing {
  readonly milliseconds: number;
  /** To the first response; of a model that answers once the same as `milliseconds`. */
  readonly firstMs: number;
  readonly responses: number;
  /** vqa's USAGE, else empty. */
  readonly usage: string;
}

/** One request through Triton, from its tensors to those of the last response. */
export async function timeTriton(client: TritonClient, scenario: Scenario, inputs: Tensors): Promise<Timing> {
  const model = client.model(scenario.model);
  const began = performance.now();
  if (!scenario.streams) {
    await model.infer(inputs, { transport: 'http' });
    const milliseconds = performance.now() - began;
    return { milliseconds, firstMs: milliseconds, responses: 1, usage: '' };
  }
  let firstMs = 0;
  let responses = 0;
  let usage = '';
  for await (const { USAGE } of model.stream(inputs, { transport: 'grpc' })) {
    if (responses === 0) firstMs = performance.now() - began;
    responses += 1;
    if (USAGE?.datatype === 'BYTES') usage = text(USAGE).join('');
  }
  return { milliseconds: performance.now() - began, firstMs, responses, usage };
}

/** Tokens of the answer behind the first, a second; undefined for other models. */
export function tokensPerSecond({ milliseconds, firstMs, usage }: Timing): number | undefined {
  if (usage === '') return undefined;
  // Written by vqa/outputs.py.
  const { completion_tokens } = JSON.parse(usage) as { completion_tokens: number };
  return completion_tokens > 1 ? (completion_tokens - 1) / ((milliseconds - firstMs) / 1000) : undefined;
}
