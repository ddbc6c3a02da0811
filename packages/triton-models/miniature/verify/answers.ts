import type { TritonBackend } from '@atelier/sdk/triton';
import type { Example } from './examples.ts';
import { mean } from './mean.ts';
import { readPicture } from './pictures.ts';

export interface AnswerFigures {
  /** Share of the answers that are, word for word, the right ones. */
  readonly exactMatch: number;
  readonly byKind: Readonly<Record<string, { readonly exactMatch: number; readonly questions: number }>>;
  readonly questions: number;
  readonly mistakes: readonly { readonly question: string; readonly said: string; readonly right: string }[];
}

const keptMistakes = 20;

export async function measureAnswers(
  backend: TritonBackend,
  examples: readonly Example<'answers'>[],
): Promise<AnswerFigures> {
  const { ask } = backend.capabilities;
  if (!ask) throw new Error('The backend answers nothing.');
  const byKind = new Map<string, number[]>();
  const mistakes: { question: string; said: string; right: string }[] = [];
  for (const { picture, questions } of examples) {
    const image = await readPicture(picture);
    for (const { kind, text, answer } of questions) {
      const { answer: said } = await ask.run({ image, question: text, language: 'en' }, {});
      byKind.set(kind, [...(byKind.get(kind) ?? []), said === answer ? 1 : 0]);
      if (said !== answer) mistakes.push({ question: text, said, right: answer });
    }
  }
  const all = [...byKind.values()].flat();
  return {
    exactMatch: mean(all),
    byKind: Object.fromEntries(
      [...byKind].map(([kind, right]) => [kind, { exactMatch: mean(right), questions: right.length }]),
    ),
    questions: all.length,
    mistakes: mistakes.slice(0, keptMistakes),
  };
}
