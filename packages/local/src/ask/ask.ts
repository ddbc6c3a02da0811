import type { AskRequest, AskResponse, CallContext, Capability, Unable } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import { type Eyes, everything, type Finding, look, phrasesOf } from './look.ts';
import { parseQuestions, type Question } from './question.ts';
import { word } from './wording.ts';

const notAnswerable: Unable = {
  code: 'capability-unavailable',
  hint:
    'The local backend answers from what it detects: how many there are, whether a thing is there, what colour it is, where it is, ' +
    'how big it is, and what is in the picture. Any other question needs triton with LLaVA-OneVision, or a hosted model.',
};

/**
 * Answers questions about counts, presence, colours, places, sizes and the picture as a whole, in English and Korean, from
 * detections and pixels only. Which of several is meant ("the left cup") is for geometry to say; what it cannot tell
 * apart is all described. Throws `capability-unavailable` for other questions, `phrase-unknown` for unknown things.
 */
export function createAsk(eyes: Eyes): Capability<AskRequest, AskResponse> {
  return {
    model: `questions over ${eyes.detect.model}`,
    able: (request) => plan(eyes, request).unable ?? true,
    run: (request, context) => answer(eyes, request, context),
  };
}

type Plan =
  | { readonly unable: Unable; readonly questions?: undefined }
  | { readonly unable?: undefined; readonly questions: readonly Question[] };

function plan({ detect }: Eyes, { image, question }: AskRequest): Plan {
  const questions = parseQuestions(question);
  if (!questions) return { unable: notAnswerable };
  const phrases = phrasesOf(questions.flatMap(({ things }) => things));
  const able = detect.able({ image, phrases });
  return able === true ? { questions } : { unable: able };
}

async function answer(eyes: Eyes, request: AskRequest, context: CallContext): Promise<AskResponse> {
  const { unable, questions } = plan(eyes, request);
  if (unable) throw new AtelierError({ ...unable, message: `The local backend cannot answer "${request.question}".` });
  const sentences: string[] = [];
  const sure: (number | undefined)[] = [];
  for (const [index, question] of questions.entries()) {
    const progress = (share: number) => context.progress?.((index + share) / questions.length);
    const findings = await look(eyes, request.image, question, { ...context, progress });
    const missing = question.kind !== 'scene' && findings.every(({ sightings }) => sightings.length === 0);
    const instead = missing
      ? await everything(eyes, request.image, context.signal ? { signal: context.signal } : {})
      : [];
    sentences.push(word(question, findings, { picture: request.image, language: request.language, instead }));
    sure.push(confidenceOf(findings));
  }
  const confidence = sure.includes(undefined) ? undefined : Math.min(...sure.flatMap((value) => value ?? []));
  return { answer: sentences.join(' '), ...(confidence === undefined ? {} : { confidence }) };
}

/** The lowest score the answer rests on; unknown where it rests on not having seen something. */
function confidenceOf(findings: readonly Finding[]): number | undefined {
  if (findings.length === 0 || findings.some(({ sightings }) => sightings.length === 0)) return undefined;
  return Math.min(...findings.flatMap(({ sightings }) => sightings.map(({ score }) => score)));
}
