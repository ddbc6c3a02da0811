import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { decide } from './decide.ts';
import { contentOf, finishReasonOf, streamParts, usage } from './model-output.ts';

const modelId = 'planner';

/**
 * The built-in brain: a language model without a model. It reads the last user message by a small grammar, in English
 * and Korean, and answers with the next tool call, or with a sentence about what the tools did. It needs no key and no
 * network, and the same conversation always gets the same answer.
 *
 * Everything it knows comes from `prompt`, `tools` and `toolChoice`; tool outputs, file names and system text are data
 * and never read as requests. Earlier tool calls tell what "it" and "undo the blur" refer to; a pronoun that refers to
 * nothing is asked back. Answers are in the language of the request, or in that of a line `Answer in: ko` (or `en`) in
 * the first system message. The raw finish reason of an answer tells how it ended (`AnswerReason`): `done` with
 * unified `stop`; any other, with unified `other`. A request that made no sense ends as `request-not-understood`, after
 * a plan with no steps and no tool call.
 */
export function createPlanner(): LanguageModelV4 & { readonly seesPictures: false } {
  return {
    // It reads words only: nobody has to make previews for it, or to keep from it what pictures say.
    seesPictures: false,
    specificationVersion: 'v4',
    provider: 'atelier.local',
    modelId,
    // Pictures in messages are never looked at, so nobody has to download them.
    supportedUrls: { '*/*': [/^.*$/] },
    async doGenerate(options) {
      options.abortSignal?.throwIfAborted();
      const decision = decide(options);
      return {
        content: contentOf(decision),
        finishReason: finishReasonOf(decision),
        usage,
        warnings: [],
        response: { modelId },
      };
    },
    async doStream(options) {
      options.abortSignal?.throwIfAborted();
      return { stream: streamDecision(options) };
    },
  };
}

function streamDecision(options: LanguageModelV4CallOptions): ReadableStream<LanguageModelV4StreamPart> {
  const parts = streamParts(decide(options), modelId);
  return new ReadableStream({
    pull(controller) {
      if (options.abortSignal?.aborted) {
        controller.error(options.abortSignal.reason);
        return;
      }
      const part = parts.next();
      if (part.done) controller.close();
      else controller.enqueue(part.value);
    },
  });
}
