import type { LanguageModelV4, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { createProviderStreamError, isProviderStreamError } from '@ai-sdk/provider-utils';
import { APICallError, wrapLanguageModel } from 'ai';

/** The model, with the key blanked out of every error: some servers repeat the key that they do not take. */
export function withoutKey(model: LanguageModelV4, key: string): LanguageModelV4 {
  const hidden = <Value>(work: PromiseLike<Value>): Promise<Value> =>
    Promise.resolve(work).catch((error: unknown) => {
      throw hideIn(error, key);
    });
  const inStream = () =>
    new TransformStream<LanguageModelV4StreamPart, LanguageModelV4StreamPart>({
      transform: (part, controller) =>
        controller.enqueue(part.type === 'error' ? { ...part, error: hideIn(part.error, key) } : part),
    });
  return wrapLanguageModel({
    model,
    middleware: {
      specificationVersion: 'v4',
      wrapGenerate: ({ doGenerate }) => hidden(doGenerate()),
      wrapStream: async ({ doStream }) => {
        const result = await hidden(doStream());
        return { ...result, stream: result.stream.pipeThrough(inStream()) };
      },
    },
  });
}

function hideIn(error: unknown, key: string): unknown {
  const hide = (text: string): string => text.replaceAll(key, '[key]');
  if (APICallError.isInstance(error)) {
    const { url, requestBodyValues, statusCode, responseHeaders, responseBody, isRetryable, cause } = error;
    return new APICallError({
      message: hide(error.message),
      url: hide(url),
      requestBodyValues,
      statusCode,
      responseHeaders,
      responseBody: responseBody === undefined ? undefined : hide(responseBody),
      isRetryable,
      cause: hideIn(cause, key),
    });
  }
  if (isProviderStreamError(error)) {
    return createProviderStreamError({ ...error, message: hide(error.message), data: undefined });
  }
  if (error instanceof Error && error.message.includes(key)) return new Error(hide(error.message));
  if (error instanceof Error || error === undefined) return error;
  // Whatever a server puts into its stream came as JSON.
  return JSON.parse(JSON.stringify(error, (_key, value: unknown) => (typeof value === 'string' ? hide(value) : value)));
}
