import type { Question, Session } from '@atelier/sdk';
import { Approver } from '../../studio/approver.ts';
import { Chooser } from '../../studio/chooser.ts';
import { type FollowedRun, followRun } from '../../studio/follow-run.ts';
import { withOverlay } from '../../studio/with-overlay.ts';
import type { CommandContext } from '../command.ts';
import type { EditFiles } from './edit-files.ts';
import type { EditRequest } from './edit-request.ts';

/** Answers what a run asks: "which one?" and "may I?". */
export class Respondent {
  readonly #chooser: Chooser;
  readonly #approver: Approver;

  constructor(context: CommandContext, choices: readonly number[], files: EditFiles) {
    this.#chooser = new Chooser(context, { choices, ...files });
    this.#approver = new Approver(context, files);
  }

  /** Whether a choice was given that no question asked for. */
  get hasUnusedChoice(): boolean {
    return this.#chooser.hasUnusedChoice;
  }

  /** Tools that waited for a yes where nobody could say it. */
  get unanswered(): readonly string[] {
    return this.#approver.unanswered;
  }

  /** Path of the numbered picture that `--overlay` asked for, once a question made it. */
  get overlayWritten(): string | undefined {
    return this.#chooser.overlayWritten;
  }

  async answer(asked: Question, session: Session) {
    if (asked.kind === 'approval') return this.#approver.answer(asked, session);
    const { overlay, reason, phrase, candidates } = asked;
    const question = { reason, phrase, candidates, overlay: () => session.loadImage(overlay) };
    const choice = await this.#chooser.answer(question);
    return choice === undefined ? undefined : { choice };
  }
}

/** Runs the request to its end. A question that the person waves away, or that cannot be shown, stops the run with that reason. */
export async function runRequest(
  context: CommandContext,
  session: Session,
  { request, approve, maxSteps, maxSeconds }: EditRequest,
  respondent: Respondent,
): Promise<FollowedRun> {
  const stop = new AbortController();
  const answer = async (asked: Question) => {
    try {
      return await respondent.answer(asked, session);
    } catch (error) {
      stop.abort(error);
      return undefined;
    }
  };
  const signal = AbortSignal.any([context.io.signal, stop.signal]);
  const run = session.run(request, { signal, language: context.language, answer, approve, maxSteps, maxSeconds });
  try {
    return await followRun(run, context.progress, context.words);
  } catch (error) {
    throw stop.signal.aborted ? stop.signal.reason : withOverlay(error, respondent.overlayWritten);
  }
}
