import type { Language } from '../capabilities/ask/contract.ts';
import type { EventBody, Stage, StoredEvent } from './events.ts';
import { stageMessages } from './messages.ts';
import { Progress } from './progress.ts';
import type { RunPort } from './run-port.ts';

/** Numbers, dates and words the events of one run, and makes recorded steps tell their events again. */
export class Narrator {
  readonly progress = new Progress();
  readonly language: Language;
  readonly #port: RunPort;
  #seq = 0;

  constructor(port: RunPort, language: Language) {
    this.#port = port;
    this.language = language;
  }

  /** An event of the loop itself: its time comes from the port. */
  async tell(stage: Stage, body: EventBody, message?: string): Promise<void> {
    await this.#emit(new Date(await this.#port.now()).toISOString(), stage, body, message);
  }

  token(text: string): void {
    void this.#port.emit({ status: 'token', text, after: this.#seq - 1 });
  }

  /**
   * Runs one recorded step. Events told inside are emitted at once and recorded with the result; when the step is not run
   * again because it is recorded, they are emitted from the record, under the same numbers.
   */
  async step<Value>(id: string, work: (tell: TellNow) => Promise<Value>): Promise<Value> {
    let ran = false;
    const recorded = await this.#port.step(id, async () => {
      ran = true;
      const events: StoredEvent[] = [];
      // Steps are where the outside world is, so their events carry the real time, and keep it when replayed.
      const tell: TellNow = async (stage, body, message) => {
        events.push(await this.#emit(new Date().toISOString(), stage, body, message));
      };
      return { value: await work(tell), events };
    });
    if (!ran) for (const event of recorded.events) await this.#repeat(event);
    return recorded.value;
  }

  async #emit(at: string, stage: Stage, body: EventBody, message?: string): Promise<StoredEvent> {
    const event: StoredEvent = {
      seq: this.#seq++,
      at,
      stage,
      progress: this.progress.percent,
      message: message ?? stageMessages[this.language][body.status === 'queued' ? 'queued' : stage],
      ...body,
    };
    await this.#port.emit(event);
    return event;
  }

  async #repeat(event: StoredEvent): Promise<void> {
    this.#seq = event.seq + 1;
    this.progress.atLeast(event.progress);
    await this.#port.emit(event);
  }
}

/** Tells an event from inside a step. */
export type TellNow = (stage: Stage, body: EventBody, message?: string) => Promise<void>;
