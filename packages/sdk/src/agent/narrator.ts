import type { Language } from '../capabilities/ask/contract.ts';
import type { AtelierError } from '../errors/atelier-error.ts';
import { failureMessage } from '../errors/failure-message.ts';
import type { EventBody, RunTraces, Stage, StoredEvent } from './events.ts';
import { stageMessages } from './messages.ts';
import { Progress } from './progress.ts';
import type { RunPort } from './run-port.ts';

const ends: ReadonlySet<string> = new Set<EventBody['status']>(['success', 'failure', 'cancelled']);

/**
 * Numbers, dates and words the events of one run. Numbered events are told by the loop alone, between its recorded steps,
 * so that a run which is replayed, or goes on after a crash in the middle of a step, tells the same ones again.
 */
export class Narrator {
  readonly progress = new Progress();
  readonly language: Language;
  readonly #port: RunPort;
  #seq = 0;
  #ended = false;
  /** Events reach the port in the order they happened, however long it takes with each. */
  #emitted: Promise<unknown> = Promise.resolve();

  constructor(port: RunPort, language: Language) {
    this.#port = port;
    this.language = language;
  }

  /** Tells a numbered event and waits until the port has it. */
  async tell(stage: Stage, body: EventBody, message?: string): Promise<void> {
    // What an abandoned step still has to say comes after the end, and belongs nowhere.
    if (this.#ended) return;
    this.#ended = ends.has(body.status);
    const event: StoredEvent = {
      seq: this.#seq++,
      at: new Date(await this.#port.now()).toISOString(),
      stage,
      progress: this.progress.percent,
      message: message ?? stageMessages[this.language][body.status === 'queued' ? 'queued' : stage],
      ...body,
    };
    await this.#inOrder(() => this.#port.emit(event));
  }

  /** Tells the end of a run that did not come to an answer: its words are in the run's language, the error's own stay English. */
  async tellEnd(error: AtelierError, step: string | null, traces: RunTraces): Promise<void> {
    const body: EventBody =
      error.code === 'cancelled'
        ? { status: 'cancelled', ...traces }
        : { status: 'failure', error: error.toJSON(), step, ...traces };
    await this.tell('answer', body, failureMessage(error, this.language));
  }

  token(text: string): void {
    const after = this.#seq - 1;
    this.#live(() => this.#port.emit({ status: 'token', text, after }));
  }

  /** Tells that a step is at work. Called inside steps, where the outside world is, so it carries the real time. */
  running(stage: Stage, step: string): void {
    const head = { stage, progress: this.progress.percent, message: stageMessages[this.language][stage] };
    const at = new Date().toISOString();
    const after = this.#seq - 1;
    this.#live(() => this.#port.emit({ status: 'progress', state: 'running', step, at, after, ...head }));
  }

  #live(emit: () => void | Promise<void>): void {
    // What may be lost must not end the run when it is.
    this.#inOrder(emit).catch(() => {});
  }

  #inOrder(emit: () => void | Promise<void>): Promise<void> {
    const emitted = this.#emitted.then(emit);
    this.#emitted = emitted.catch(() => {});
    return emitted;
  }
}
