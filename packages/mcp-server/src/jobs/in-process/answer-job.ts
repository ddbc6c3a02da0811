import type { QuestionAnswer } from '@atelier/sdk';
import type { AtelierError } from '@atelier/sdk/errors';
import { isEnded, type JobView } from '../job-board.ts';
import { checkAnswer, isSameAnswer } from './check-answer.ts';
import { hasEnded, notWritable, tooLate } from './job-errors.ts';
import type { Settled } from './job-record.ts';
import type { JobRunner } from './job-runner.ts';
import type { JobStore } from './job-store.ts';
import type { JobViews } from './job-views.ts';

export interface AnswerOptions {
  readonly runner: JobRunner;
  readonly views: JobViews;
  readonly store: JobStore;
  readonly now: () => number;
}

export interface GivenAnswer {
  readonly job: string;
  readonly question: string;
  readonly answer: QuestionAnswer;
}

/** How long a call waits for another process to take note of an answer, in milliseconds. */
const heedMs = 2000;

/** Keeps the first answer to a question and has the job go on. The same answer again is harmless. Throws as `JobBoard.answer` says. */
export async function answerJob(options: AnswerOptions, given: GivenAnswer): Promise<JobView> {
  const { runner, views, store, now } = options;
  const { job: id, question: questionId } = given;
  const record = await views.record(id);
  const { question } = record;
  if (Object.hasOwn(record.answers, questionId))
    return alreadySettled(options, given, record.answers[questionId] ?? null);
  const view = await views.get(id);
  if (isEnded(view)) throw hasEnded(view.state);
  if (question?.id !== questionId) throw tooLate('The job does not wait for an answer to this question.');
  const answer = checkAnswer(question, given.answer);
  if (question.expiresAt !== null && now() >= Date.parse(question.expiresAt)) throw expired();
  const settled = await store.settle(id, questionId, answer).catch((error: unknown) => {
    throw notWritable(error);
  });
  runner.job(id)?.tell(questionId, settled);
  if (settled === null || !isSameAnswer(settled, answer)) throw otherwise(settled);
  return heeded(options, given);
}

function alreadySettled({ views }: AnswerOptions, { job, answer }: GivenAnswer, settled: Settled): Promise<JobView> {
  if (settled === null || !isSameAnswer(settled, answer)) throw otherwise(settled);
  return views.get(job);
}

/** Nobody shall believe that an answer counts which came when the job was ending. */
async function heeded({ views }: AnswerOptions, { job, question }: GivenAnswer): Promise<JobView> {
  let isHeeded = false;
  const look = async () => {
    isHeeded = Object.hasOwn((await views.record(job)).answers, question);
  };
  await look();
  const until = performance.now() + heedMs;
  while (!isHeeded && performance.now() < until && (await views.isUnfinished(job))) {
    await views.follow(job, { timeoutMs: 50 }, () => false);
    await look();
  }
  const view = await views.get(job);
  await look();
  if (!isHeeded && isEnded(view)) throw hasEnded(view.state);
  return view;
}

const expired = (): AtelierError => tooLate('The time to answer is over.');

const otherwise = (settled: Settled): AtelierError =>
  settled === null ? expired() : tooLate('The question was answered otherwise.');
