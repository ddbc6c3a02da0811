import type { EditNode, Question, QuestionAnswer, RunEvent, Session, Studio } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import type { JobEdit } from '../job-board.ts';
import type { JobAtWork } from './job-at-work.ts';
import { cancelledAs, failedAs, type JobRecord, stopped } from './job-record.ts';
import { QuestionWords } from './question-words.ts';
import type { Sights } from './sights.ts';
import type { Turn } from './slots.ts';

export interface JobRunOptions {
  readonly studio: () => Promise<Studio>;
  /** The picture it begins with; undefined: the session's current one. */
  readonly image: string | undefined;
  readonly approve: 'edits' | 'never';
  /** Until earlier jobs of the session have ended. */
  readonly earlier: Promise<unknown>;
  /** Taken when its turn comes, and given away while it waits for a person. */
  readonly turn: Turn;
  readonly sights: Sights;
  readonly now: () => number;
  readonly questionMs: number;
}

/** Does a job when its turn comes, to its end. Never rejects. */
export async function runJob(job: JobAtWork, options: JobRunOptions): Promise<void> {
  const run = new JobRun(job, options);
  try {
    await run.work();
  } catch (error) {
    // The run's own last event has told it already, unless it never came so far.
    run.fail(error);
  }
}

class JobRun {
  readonly #job: JobAtWork;
  readonly #options: JobRunOptions;
  readonly #words = new QuestionWords();
  /** Edits that its session rested on before. */
  #before: ReadonlySet<string> = new Set();

  constructor(job: JobAtWork, options: JobRunOptions) {
    this.#job = job;
    this.#options = options;
  }

  async work(): Promise<void> {
    const { session: id, prompt, language } = this.#job.record;
    const { studio, image, approve, earlier, turn } = this.#options;
    await unlessStopped(earlier, this.#job.signal);
    if (!(await turn.begin())) return this.#end(this.#asStopped());
    const session = (await studio()).session({ id });
    if (image !== undefined) await session.addImage(image);
    this.#before = new Set((await session.history()).map((edit) => edit.id));
    this.#job.update({ state: 'running' });
    const { signal } = this.#job;
    const run = session.run(prompt, { answer: (question) => this.#ask(question), approve, language, signal });
    for await (const event of run.events) await this.#take(event, session);
    await run.result;
  }

  fail(cause: unknown): void {
    const error = AtelierError.isInstance(cause) ? cause : broken(cause);
    this.#end(this.#job.stopReason === undefined ? failedAs(error, this.#job.record.language) : this.#asStopped());
  }

  async #take(event: RunEvent, session: Session): Promise<void> {
    if (event.status === 'token') return;
    const { message } = event;
    const progress = Math.max(this.#job.record.progress, event.progress);
    switch (event.status) {
      case 'question':
        this.#job.update({ progress });
        this.#words.tell(event.id, message);
        break;
      case 'success': {
        const { answer, verified, notDone, edits, outputImage } = event;
        await this.#options.sights.saw(session, edits, outputImage);
        this.#end({ state: 'succeeded', progress, message, answer, verified, notDone: [...notDone], ...made(event) });
        break;
      }
      case 'failure':
      case 'cancelled': {
        await this.#options.sights.saw(session, event.edits, event.outputImage);
        const end = event.status === 'failure' ? failedAs(event.error, this.#job.record.language) : this.#asStopped();
        this.#end({ progress, ...made(event), ...end });
        break;
      }
      default:
        this.#job.update({ progress, message });
        if (event.status === 'progress' && event.state === 'finished') await this.#tellMade(session);
    }
  }

  /** What was made so far, so that it is known whatever becomes of this process. */
  async #tellMade(session: Session): Promise<void> {
    const edits = (await session.history()).filter(({ id }) => !this.#before.has(id));
    const outputImage = edits.at(-1)?.receipt.after ?? null;
    if (outputImage === this.#job.record.image) return;
    await this.#options.sights.saw(session, edits, outputImage);
    this.#job.update(made({ edits, outputImage }));
  }

  async #ask(question: Question): Promise<QuestionAnswer | undefined> {
    const { turn, now, questionMs } = this.#options;
    const before = this.#job.record.message;
    const message = await this.#words.of(question.id);
    const expiresAt = new Date(now() + questionMs).toISOString();
    // Ready to hear before anybody can answer.
    const heard = this.#job.hear(question.id);
    this.#job.update({ state: 'waiting', message, question: asStored({ ...question, expiresAt }) });
    turn.end();
    const settled = await heard;
    this.#job.update({ message: before });
    await turn.begin();
    return settled ?? undefined;
  }

  #end(patch: Partial<JobRecord>): void {
    this.#job.update({ question: null, endedAt: this.#options.now(), ...patch });
  }

  #asStopped(): Partial<JobRecord> {
    const { language } = this.#job.record;
    return this.#job.stopReason === 'closed' ? failedAs(stopped(), language) : cancelledAs(language);
  }
}

async function unlessStopped(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
    work.then(() => resolve());
  });
}

const made = ({ edits, outputImage }: { edits: readonly EditNode[]; outputImage: string | null }) => ({
  edits: edits.map(editOf),
  image: outputImage,
});

const editOf = ({ id, tool, label, receipt, verified }: EditNode): JobEdit => ({
  id,
  tool,
  ...(label === undefined ? {} : { label }),
  image: receipt.after,
  mask: receipt.mask,
  changedOutsideMask: receipt.changedOutsideMask,
  verified,
});

/** Lists of events are read-only, those of parsed records are not. */
const asStored = (question: Question): JobRecord['question'] =>
  question.kind === 'choice' ? { ...question, candidates: [...question.candidates] } : question;

const broken = (cause: unknown): AtelierError =>
  new AtelierError({ code: 'backend-failed', message: 'The server failed while it worked on the job.', cause });
