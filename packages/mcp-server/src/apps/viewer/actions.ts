import type { Host } from './host/host.ts';
import type { StatusBar } from './parts/status-bar.ts';
import { isRecord } from './result/guards.ts';
import { outputOf, type RawResult } from './result/read-result.ts';
import type { Thing, WaitingJob } from './result/shown.ts';
import { fill, type Words } from './text/strings.ts';
import type { KnownCall } from './views/sources.ts';
import type { ViewActions } from './views/view.ts';

/** Seconds that a look at a job waits for news. */
const lookSeconds = 20;
/** Characters of a result that the model is told. */
const longestTold = 4000;

/** What actions work with. */
export interface Acting {
  readonly host: Host;
  readonly status: StatusBar;
  readonly words: Words;
  /** The call whose result is shown. */
  readonly call: KnownCall | undefined;
  /** While something is under way nothing else can be chosen. */
  setBusy(isBusy: boolean): void;
  /** Shows what a call with this input answered. */
  show(result: RawResult, input: RawResult): Promise<void>;
  /** Where keys and screen readers go on after a change. */
  focusTitle(): void;
}

/** What a person does in the viewer: tools called through the host, and the model told of it. */
export class Actions implements ViewActions {
  readonly #on: Acting;
  #isBusy = false;

  constructor(on: Acting) {
    this.#on = on;
  }

  choose({ number, label }: Thing, job: WaitingJob | undefined): void {
    const told = `In the viewer the person chose candidate ${number} (${JSON.stringify(label)}).`;
    const busy = fill(this.#on.words.choosing, { number });
    if (job === undefined) this.#again({ choice: number }, busy, told);
    else void this.#act('answer_job', { ...job, choice: number }, busy, told);
  }

  approve(isApproved: boolean, approval: string | undefined, job: WaitingJob | undefined): void {
    const { words, host, status } = this.#on;
    const told = `In the viewer the person said ${isApproved ? 'yes: go ahead' : 'no'}.`;
    if (job !== undefined) void this.#act('answer_job', { ...job, approved: isApproved }, words.working, told);
    else if (isApproved) this.#again({ approval }, words.working, told);
    else {
      this.#on.setBusy(true);
      status.say(words.declined);
      void host.tellModel(`${told} Nothing was changed.`);
    }
  }

  undo(edit: string): void {
    void this.#act('undo_edit', { edit }, this.#on.words.undoing, `In the viewer the person undid the edit ${edit}.`);
  }

  /** A job that goes on: looked at until it ends or asks. */
  async follow(job: string, message: string | undefined): Promise<void> {
    const input = { job, wait_seconds: lookSeconds };
    const { host, words } = this.#on;
    const stop = (): void => void host.callTool('cancel_job', { job }).catch(() => {});
    const result = await this.#call('job_status', input, message ?? words.working, stop);
    if (result) await this.#on.show(result, input);
  }

  /** The same call with an answer. The picture by its id: its file may be another by now. */
  #again(answer: RawResult, busy: string, told: string): void {
    const { tool, image, input } = this.#on.call ?? {};
    if (tool === undefined) return;
    void this.#act(tool, { ...input, ...(image === undefined ? {} : { image }), ...answer }, busy, told);
  }

  async #act(tool: string, input: RawResult, busy: string, told: string): Promise<void> {
    const { host, status, words } = this.#on;
    const result = await this.#call(tool, input, busy);
    if (!result) return;
    const output = JSON.stringify(outputOf(result) ?? result.content ?? {}).slice(0, longestTold);
    const telling = host.tellModel(`${told} ${tool} was called for it and answered: ${output}`);
    await this.#on.show(result, input);
    this.#on.focusTitle();
    if ((await telling) && !this.#isBusy) status.say(words.told);
  }

  /** Undefined where it failed or the person stopped it; that is said. */
  async #call(tool: string, input: RawResult, busy: string, onCancel?: () => void): Promise<RawResult | undefined> {
    if (this.#isBusy) return undefined;
    const { host, status, words } = this.#on;
    const stopper = new AbortController();
    stopper.signal.addEventListener('abort', () => onCancel?.());
    this.#setBusy(true);
    status.work(busy, { words: words.cancel, onCancel: () => stopper.abort() });
    try {
      return await host.callTool(tool, input, stopper.signal);
    } catch (error) {
      const why = isRecord(error) && typeof error.message === 'string' ? error.message : '';
      status.say(stopper.signal.aborted ? words.cancelled : `${words.failed}. ${why}`);
      return undefined;
    } finally {
      this.#setBusy(false);
    }
  }

  #setBusy(isBusy: boolean): void {
    this.#isBusy = isBusy;
    this.#on.setBusy(isBusy);
  }
}
