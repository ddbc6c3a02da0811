import {
  type Experimental_DecisionModelV4CallOptions as DecisionCallOptions,
  type Experimental_DecisionModelV4 as DecisionModelV4,
  type Experimental_DecisionModelV4Result as DecisionResult,
  type LanguageModelV4GenerateResult,
  type LanguageModelV4Prompt,
  UnsupportedFunctionalityError,
} from '@ai-sdk/provider';
import { TritonLanguageModel } from '../language/triton-language-model.ts';
import { type ProviderContext, providerName } from '../provider-context.ts';
import { toBoolean, toChoice } from './answer-text.ts';
import { checkState, toText } from './decision-input.ts';

type Question = DecisionCallOptions['questions'][string];

/**
 * Experimental. "Is it so?" and "Which of these?" over a model on Triton that keeps the vqa contract. The model answers in
 * words: the probability of a boolean is 1 or 0, a choice comes without a distribution, and an answer that names no option is
 * a refusal. The words are in `providerMetadata.triton.texts`.
 */
export class TritonAnswerDecisionModel implements DecisionModelV4 {
  readonly specificationVersion = 'v4';
  readonly provider = `${providerName}.decision`;
  readonly modelId: string;
  readonly supportedQuestionTypes = ['boolean', 'choice'] as const;
  readonly #model: TritonLanguageModel;

  constructor(modelId: string, context: ProviderContext) {
    this.modelId = modelId;
    this.#model = new TritonLanguageModel(modelId, context);
  }

  async doDecide(options: DecisionCallOptions): Promise<DecisionResult> {
    const { maxOutputTokens = 64, abortSignal, headers } = options;
    checkState(options.state);
    const timestamp = new Date();
    const answered = await Promise.all(
      Object.entries(options.questions).map(async ([id, question]) => {
        const prompt = toPrompt(options, question);
        const call = { prompt, maxOutputTokens, temperature: 0, ...(headers ? { headers } : {}) };
        const result = await this.#model.doGenerate({ ...call, ...(abortSignal ? { abortSignal } : {}) });
        return { id, question, result, text: textOf(result) };
      }),
    );
    const sum = (count: (result: LanguageModelV4GenerateResult) => number | undefined) =>
      answered.reduce((total, { result }) => total + (count(result) ?? 0), 0);
    return {
      answers: Object.fromEntries(answered.map(({ id, question, text }) => [id, toAnswer(question, text)])),
      usage: {
        inputTokens: sum(({ usage }) => usage.inputTokens.total),
        outputTokens: sum(({ usage }) => usage.outputTokens.total),
      },
      warnings: answered.some(({ question }) => question.type === 'boolean') ? [noProbabilities] : [],
      providerMetadata: { [providerName]: { texts: Object.fromEntries(answered.map(({ id, text }) => [id, text])) } },
      response: { timestamp, modelId: this.modelId },
    };
  }
}

const noProbabilities = {
  type: 'compatibility',
  feature: 'probability',
  details: 'The model answers yes or no without a probability: it is 1 or 0.',
} as const;

const textOf = ({ content }: LanguageModelV4GenerateResult): string =>
  content.map((part) => (part.type === 'text' ? part.text : '')).join('');

const toAnswer = (question: Question, text: string) =>
  question.type === 'choice' ? toChoice(text, Object.keys(question.criteria)) : toBoolean(text);

function toPrompt({ state }: DecisionCallOptions, question: Question): LanguageModelV4Prompt {
  const content = state.map((part) =>
    part.type === 'json' ? { type: 'text' as const, text: JSON.stringify(part.value) } : part,
  );
  const [system, text] = wordsOf(question);
  return [
    { role: 'system', content: system },
    { role: 'user', content: [...content, { type: 'text', text }] },
  ];
}

function wordsOf(question: Question): [system: string, text: string] {
  const instructions = toText(question.instructions);
  if (question.type === 'boolean') {
    const meanings = [described('yes', question.criteria?.true), described('no', question.criteria?.false)];
    const lines = [instructions, ...meanings.filter((line) => line !== '')];
    return ['Answer with yes or no in English, and nothing else.', lines.filter((line) => line !== '').join('\n')];
  }
  if (question.type === 'choice') {
    const options = Object.entries(question.criteria).map(([name, meaning]) => described(name, meaning) || name);
    const lines = [...(instructions === '' ? [] : [instructions]), ...options.map((option) => `- ${option}`)];
    return ['Answer with the name of exactly one of the options, and nothing else.', lines.join('\n')];
  }
  throw new UnsupportedFunctionalityError({ functionality: `${question.type} questions` });
}

function described(name: string, meaning: Parameters<typeof toText>[0]): string {
  const text = toText(meaning);
  return text === '' ? '' : `${name}: ${text}`;
}
