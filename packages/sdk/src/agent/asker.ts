import { AtelierError } from '../errors/atelier-error.ts';
import { unlessAborted } from '../image/abort.ts';
import type { ChoiceNeededOutput, ToolName } from '../tools/schemas.ts';
import { approvalMessage, type ProposedWork } from './approval-words.ts';
import type { ApprovalQuestion, ChoiceQuestion } from './events.ts';
import { questionMessage } from './messages.ts';
import type { Narrator } from './narrator.ts';
import { stageOfTool } from './progress.ts';
import type { ApprovalAnswer, ChoiceAnswer, QuestionAnswer, RunPort } from './run-port.ts';

/** Puts questions to people: tells the event and waits for the answer. */
export class Asker {
  readonly #port: RunPort;
  readonly #narrator: Narrator;
  readonly #signal: AbortSignal | undefined;

  constructor(port: RunPort, narrator: Narrator, signal: AbortSignal | undefined) {
    this.#port = port;
    this.#narrator = narrator;
    this.#signal = signal;
  }

  /** "Which one?"; undefined where nobody can say. */
  async choice(
    tool: ToolName,
    { reason, phrase, candidates, overlay }: ChoiceNeededOutput,
  ): Promise<ChoiceAnswer | undefined> {
    const id = await this.#port.newId('question');
    const question: ChoiceQuestion = { id, kind: 'choice', reason, phrase, candidates, overlay, expiresAt: null };
    const message = questionMessage(this.#narrator.language, question);
    const answer = await this.#ask(tool, question, message);
    return isRecord(answer) && 'choice' in answer ? answer : undefined;
  }

  /** "May I?"; undefined where nobody can say. */
  async approval(
    work: ProposedWork,
    about: Pick<ApprovalQuestion, 'reason' | 'image'>,
  ): Promise<ApprovalAnswer | undefined> {
    const id = await this.#port.newId('question');
    const { tool, input } = work;
    const question: ApprovalQuestion = { id, kind: 'approval', tool, input, ...about, expiresAt: null };
    const answer = await this.#ask(tool, question, approvalMessage(this.#narrator.language, work, about.reason));
    return isRecord(answer) && 'approved' in answer ? answer : undefined;
  }

  async #ask(
    tool: ToolName,
    question: ChoiceQuestion | ApprovalQuestion,
    message: string,
  ): Promise<QuestionAnswer | undefined> {
    await this.#narrator.tell(stageOfTool[tool], { status: 'question', ...question }, message);
    const asked = this.#port.ask(question, this.#signal).catch((cause: unknown) => {
      if (AtelierError.isInstance(cause) || this.#signal?.aborted) throw cause;
      // Not the brain's fault, and no other brain would help.
      const message = `Asking the person failed: ${cause instanceof Error ? cause.message : String(cause)}`;
      throw new AtelierError({
        code: 'invalid-input',
        message,
        hint: 'See the `answer` that the run was given.',
        cause,
      });
    });
    return unlessAborted(asked, this.#signal);
  }
}

/** A caller of plain JavaScript may answer with anything; what is no answer is none. */
const isRecord = (answer: QuestionAnswer | undefined): answer is QuestionAnswer =>
  typeof answer === 'object' && answer !== null;
