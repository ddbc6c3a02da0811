import type { TritonCallOptions } from '../client/client-options.ts';

interface ModelCall {
  readonly abortSignal?: AbortSignal | undefined;
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
}

/** What the client is told of a model's call. The models are functions of their inputs, so running one twice does no harm. */
export function toCallOptions({ abortSignal, headers = {} }: ModelCall): TritonCallOptions {
  return {
    idempotent: true,
    headers: Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
    ...(abortSignal ? { signal: abortSignal } : {}),
  };
}
