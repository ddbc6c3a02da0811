import type { Question, QuestionAnswer } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import { languageOf } from '@atelier/sdk/tools';
import type { InputRequiredResult } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { isEnded, type JobView } from '../../jobs/job-board.ts';
import type { PersonAnswer } from '../../people/people.ts';
import type { McpCall } from '../mcp-tool.ts';
import { chosenNumber, noneChosen, whichOneForm, whichOneMessage } from '../which-one.ts';
import { yesOrNo } from '../yes-or-no.ts';
import { stays } from './job-advice.ts';

const pendingSchema = z.object({ job: z.string(), question: z.string() });

/** What an earlier round of a call has put to the person. */
export type Pending = z.infer<typeof pendingSchema>;

export const pendingOf = ({ people }: McpCall): Pending | undefined => pendingSchema.safeParse(people.state).data;

/** The result that puts what a job waits for to the person in front of the host. */
export function askPerson(job: JobView, question: Question, { people }: McpCall): Promise<InputRequiredResult> {
  const language = languageOf(job.prompt);
  const { message, form } =
    question.kind === 'choice'
      ? { message: whichOneMessage(language, question), form: whichOneForm(language, question) }
      : { message: job.message, form: yesOrNo(language) };
  return people.ask({ key: question.id, message, form, state: { job: job.id, question: question.id } });
}

/**
 * Hands a person's answer to the job; nothing where the question has not been answered, or not by them. Whoever would not choose has
 * it stopped. Throws `choice-needed` then: the model must not take the question for one that is still open.
 */
export async function handOver({ job, question: id }: Pending, { people, workshop }: McpCall): Promise<void> {
  const answer = people.answer(id);
  if (answer === undefined) return;
  const { jobs } = workshop;
  const view = await jobs.get(job);
  // Answered elsewhere, or over: the job itself says what became of it.
  if (view.question?.id !== id) return;
  const given = answerTo(view.question, answer);
  if (given === undefined) {
    throw noneChosen(answer.action, stays(await jobs.cancel(job)), { job });
  }
  await jobs.answer(job, id, given).catch(async (error: unknown) => {
    const isTooLate = AtelierError.isInstance(error) && error.code === 'conflict';
    if (!isTooLate || !isEnded(await jobs.get(job))) throw error;
  });
}

function answerTo(question: Question, answer: PersonAnswer): QuestionAnswer | undefined {
  if (question.kind === 'choice') {
    const choice = chosenNumber(answer, question.candidates);
    return choice === undefined ? undefined : { choice };
  }
  // Only a plain yes is one.
  const approved = answer.action === 'accept' && answer.content.approved === true;
  return approved ? { approved } : { approved, reason: 'The person said no.' };
}
