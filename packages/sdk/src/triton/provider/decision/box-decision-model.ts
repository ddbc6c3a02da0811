import {
  type Experimental_DecisionModelV4Answer as DecisionAnswer,
  type Experimental_DecisionModelV4CallOptions as DecisionCallOptions,
  type Experimental_DecisionModelV4 as DecisionModelV4,
  type Experimental_DecisionModelV4Result as DecisionResult,
  InvalidArgumentError,
  type SharedV4Warning,
  UnsupportedFunctionalityError,
} from '@ai-sdk/provider';
import type { Size } from '../../../image/geometry.ts';
import { settingsOf } from '../../backend/options.ts';
import { OutputReader } from '../../backend/outputs.ts';
import { pictureBytes } from '../../backend/picture-bytes.ts';
import { asProviderCall } from '../call-error.ts';
import { toCallOptions } from '../call-options.ts';
import { readPicture } from '../pictures.ts';
import { type ProviderContext, providerName } from '../provider-context.ts';
import { readProviderOptions } from '../provider-options.ts';
import { boxOptionsSchema } from './box-options.ts';
import { checkState, onlyPicture, readState, toText } from './decision-input.ts';

interface Detection {
  readonly score: number;
  readonly box: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
}

/**
 * Experimental. "Where is ...?" over a detector on Triton that keeps the owlv2 contract: each question's instructions are the
 * words for one thing, and its answer is the box of the best match, or a refusal where nothing matches. All questions of a
 * call are one request. Scores are in `providerMetadata.triton.scores`.
 */
export class TritonBoxDecisionModel implements DecisionModelV4 {
  readonly specificationVersion = 'v4';
  readonly provider = `${providerName}.decision`;
  readonly modelId: string;
  readonly supportedQuestionTypes = ['box'] as const;
  readonly #context: ProviderContext;

  constructor(modelId: string, context: ProviderContext) {
    this.modelId = modelId;
    this.#context = context;
  }

  async doDecide(options: DecisionCallOptions): Promise<DecisionResult> {
    const { abortSignal: signal, providerOptions } = options;
    return asProviderCall(this.#context, this.modelId, signal, async () => {
      checkState(options.state);
      const ids = Object.keys(options.questions);
      const phrases = Object.entries(options.questions).map(([id, question]) => phraseOf(id, question));
      const { threshold = settingsOf({}).threshold } = readProviderOptions(providerOptions, boxOptionsSchema);
      const { pictures, words } = readState(options.state);
      const picture = await readPicture(onlyPicture(pictures), this.#context, signal);
      const outputs = await this.#context.client.model(this.modelId).infer(
        {
          IMAGE: await pictureBytes(picture),
          PHRASES: phrases,
          THRESHOLD: threshold,
        },
        toCallOptions(options),
      );
      const reader = new OutputReader(this.modelId, outputs);
      const best = ids.map((_, index) => bestDetection(reader, index, picture));
      return {
        answers: Object.fromEntries(ids.map((id, index) => [id, toAnswer(best[index])])),
        warnings: words.length === 0 ? [] : [wordsIgnored],
        providerMetadata: {
          [providerName]: { scores: Object.fromEntries(ids.map((id, index) => [id, best[index]?.score ?? null])) },
        },
        response: { timestamp: new Date(), modelId: this.modelId },
      };
    });
  }
}

const wordsIgnored: SharedV4Warning = {
  type: 'other',
  message: 'Text beside the picture is not looked at; say in the instructions what to find.',
};

function phraseOf(id: string, question: DecisionCallOptions['questions'][string]): string {
  if (question.type !== 'box') throw new UnsupportedFunctionalityError({ functionality: `${question.type} questions` });
  const phrase = toText(question.instructions).trim();
  if (phrase !== '') return phrase;
  throw new InvalidArgumentError({
    argument: `questions.${id}`,
    message: 'A box question needs instructions: the words for one thing.',
  });
}

const toAnswer = (detection: Detection | undefined): DecisionAnswer =>
  detection ? { type: 'box', box: detection.box } : { type: 'refusal' };

/** The best detection of one phrase with an area inside the picture; edges in 0..1. */
function bestDetection(reader: OutputReader, phrase: number, { width, height }: Size): Detection | undefined {
  const boxes = reader.elements('BOXES', 'FP32', 4);
  const scores = reader.elements('SCORES', 'FP32');
  const phrases = reader.elements('PHRASE_INDEX', 'INT32');
  if (boxes.length !== scores.length * 4 || phrases.length !== scores.length) {
    throw reader.refuse(`${boxes.length / 4} boxes, ${scores.length} scores and ${phrases.length} phrases`);
  }
  let best: Detection | undefined;
  for (const [row, score] of scores.entries()) {
    if (phrases[row] !== phrase || score <= (best?.score ?? Number.NEGATIVE_INFINITY)) continue;
    const edge = (column: number, side: number) => Math.min(1, Math.max(0, (boxes[row * 4 + column] ?? 0) / side));
    const box = { left: edge(0, width), top: edge(1, height), right: edge(2, width), bottom: edge(3, height) };
    if (box.left < box.right && box.top < box.bottom) best = { score, box };
  }
  return best;
}
