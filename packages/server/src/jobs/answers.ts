import { isDeepStrictEqual } from 'node:util';
import type { QuestionAnswer } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import type { Database } from '../database/database.ts';
import { storableJson } from '../database/storable-json.ts';
import { controlChannel } from './channels.ts';
import type { JobRecord, QuestionEvent } from './job.ts';
import { isFinal } from './job.ts';
import { noSuchQuestion } from './job-errors.ts';

interface QuestionRow {
  readonly answer: QuestionAnswer | null;
  readonly expired: boolean;
  readonly event: QuestionEvent;
}

/** Keeps a person's answer and wakes the worker. The same answer twice is one. Throws as `JobService.answer` says. */
export async function answerQuestion(
  database: Database,
  job: Pick<JobRecord, 'id' | 'state'>,
  question: string,
  answer: QuestionAnswer,
): Promise<void> {
  const [row] = await database.query<QuestionRow>(
    `SELECT q.answer, q.expires_at <= clock_timestamp() AS expired, e.event
     FROM atelier.questions q
     JOIN atelier.events e ON e.job = q.job AND e.event->>'status' = 'question' AND e.event->>'id' = q.id
     WHERE q.job = $1 AND q.id = $2`,
    [job.id, question],
  );
  if (!row) throw noSuchQuestion(question);
  if (row.answer) return sameOrConflict(row.answer, answer);
  check(row.event, answer);
  if (isFinal(job.state)) throw tooLate(`The job has ended (${job.state}).`);
  if (row.expired) throw tooLate('The time to answer is over.');
  const stored = await database.query(
    `WITH question AS (
       UPDATE atelier.questions SET answer = $3::jsonb, answered_at = clock_timestamp()
       WHERE job = $1 AND id = $2 AND answer IS NULL AND expires_at > clock_timestamp() RETURNING job
     ),
     job AS (
       UPDATE atelier.jobs SET state = 'running', question = NULL
       WHERE id = $1 AND state = 'waiting' AND question->>'id' = $2 AND EXISTS (SELECT FROM question)
     )
     SELECT pg_notify('${controlChannel}', 'answer ' || job) FROM question`,
    [job.id, question, storableJson(answer)],
  );
  // Somebody else was quicker, or the time ran out just now: look again.
  if (stored.length === 0) await answerQuestion(database, job, question, answer);
}

function sameOrConflict(known: QuestionAnswer, answer: QuestionAnswer): void {
  if (!isDeepStrictEqual(known, JSON.parse(storableJson(answer)))) throw tooLate('It was answered otherwise.');
}

function check(event: QuestionEvent, answer: QuestionAnswer): void {
  if (event.kind === 'choice') {
    const numbers = event.candidates.map(({ number }) => number);
    if ('choice' in answer && numbers.includes(answer.choice)) return;
    throw wrongAnswer(`"Which one?" is answered by a choice among ${numbers.join(', ')}.`, '{ "choice": 1 }');
  }
  if ('approved' in answer) return;
  throw wrongAnswer('"May I?" is answered by approved: true or false.', '{ "approved": true }');
}

const wrongAnswer = (message: string, example: string): AtelierError =>
  new AtelierError({ code: 'invalid-input', message, hint: `Send the question's id and ${example}.` });

const tooLate = (message: string): AtelierError =>
  new AtelierError({ code: 'conflict', message, hint: 'See GET /jobs/ID for what became of it.' });
