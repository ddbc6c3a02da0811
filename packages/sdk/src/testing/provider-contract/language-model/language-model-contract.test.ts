import { languageModelMutants } from '../__fixtures__/language-model-mutants.ts';
import { proveContract } from '../__fixtures__/prove-contract.ts';
import { ReferenceLanguageModel } from '../__fixtures__/reference-language-model.ts';
import { languageModelContract } from './language-model-contract.ts';

const casesOf = (model: ReferenceLanguageModel) =>
  languageModelContract({
    model,
    deterministic: true,
    supported: { temperature: 0 },
    unsupported: { topK: 3 },
    refused: [{ name: 'tool messages', options: { prompt: [{ role: 'tool', content: [] }] } }],
    slow: { maxOutputTokens: 2_000 },
    receivedHeaders: () => model.received,
    failures: [
      { name: 'the request is wrong', options: { headers: { 'x-fail': '400' } }, isRetryable: false, statusCode: 400 },
      { name: 'the server is busy', options: { headers: { 'x-fail': '503' } }, isRetryable: true, statusCode: 503 },
    ],
    abortWithinMs: 1_000,
  });

proveContract(ReferenceLanguageModel, casesOf, languageModelMutants);
