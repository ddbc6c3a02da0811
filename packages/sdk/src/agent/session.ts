import type { LanguageModelV4 } from '@ai-sdk/provider';
import { modelMessageSchema } from 'ai';
import { languageOf } from '../capabilities/ask/ask.ts';
import { loadImage } from '../capabilities/vision.ts';
import type { VisionContext } from '../capabilities/vision-context.ts';
import { AtelierError } from '../errors/atelier-error.ts';
import type { EditNode } from '../history/session-record.ts';
import type { Image } from '../image/image.ts';
import type { ImageInput, ReadPolicy } from '../image/image-input.ts';
import { keepImage, type ToolContext } from '../tools/tool-context.ts';
import { EventLog } from './event-log.ts';
import { memoryPort } from './memory-port.ts';
import { Narrator } from './narrator.ts';
import type { Run, RunOptions, RunResult } from './run.ts';
import { type RunOutcome, type RunSession, runLoop } from './run-loop.ts';
import type { SessionState } from './session-state.ts';

export interface SessionParts {
  readonly id: string;
  readonly brain: LanguageModelV4 | undefined;
  readonly vision: VisionContext;
  readonly policy: ReadPolicy;
  readonly open: () => Promise<SessionState>;
  readonly images: readonly ImageInput[];
}

/** Images, edits and messages that belong together: a dialogue over one or more pictures. */
export class Session {
  readonly id: string;
  readonly #parts: SessionParts;
  #opened: Promise<SessionState> | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: SessionParts) {
    this.id = parts.id;
    this.#parts = parts;
  }

  /**
   * Does what the prompt says to the current picture. Runs of one session follow one another.
   * `result` rejects with an `AtelierError`; the events end with `success`, `failure` or `cancelled`.
   */
  run(prompt: string, options: RunOptions = {}): Run {
    const log = new EventLog();
    const result = this.#inTurn(() => this.#run(prompt, options, log)).finally(() => log.end());
    // Whoever only reads events must not be killed by an unhandled rejection: the failure is an event as well.
    result.catch(() => {});
    return { events: { [Symbol.asyncIterator]: () => log.read() }, result };
  }

  /** Goes back to before an edit (default: the latest). Nothing is deleted. Returns the picture it went back to. */
  undo(edit?: string): Promise<Image> {
    return this.#inTurn(async () => {
      const state = await this.state();
      return state.library.getImage((await state.undo(edit)).image);
    });
  }

  /** Adds a picture and makes it the current one. */
  addImage(image: ImageInput): Promise<Image> {
    return this.#inTurn(async () => this.#load(await this.state(), image));
  }

  /** The current picture; null in a session without pictures. */
  async image(): Promise<Image | null> {
    const state = await this.state();
    return state.record.current === null ? null : state.library.getImage(state.record.current);
  }

  /** The edits that led to the current picture, first one first. */
  async history(): Promise<readonly EditNode[]> {
    return (await this.state()).path();
  }

  /** What tools work with in this session. */
  async toolContext(): Promise<Omit<ToolContext, 'language' | 'signal' | 'progress' | 'onVerify'>> {
    return this.#context(await this.state());
  }

  /** The session's contents; opened, with the pictures it was made with, at the first need. */
  state(): Promise<SessionState> {
    this.#opened ??= this.#open();
    return this.#opened;
  }

  async #open(): Promise<SessionState> {
    try {
      const state = await this.#parts.open();
      for (const image of this.#parts.images) await this.#load(state, image);
      return state;
    } catch (error) {
      // A missing file may be there the next time.
      this.#opened = undefined;
      throw error;
    }
  }

  async #load(state: SessionState, input: ImageInput): Promise<Image> {
    const image = await loadImage(input, state.library, this.#parts.policy);
    await keepImage({ ...this.#context(state), language: 'en' }, image);
    return image;
  }

  #context(state: SessionState) {
    const { vision, policy } = this.#parts;
    return { vision, policy, library: state.library, workspace: state };
  }

  async #run(prompt: string, options: RunOptions, log: EventLog): Promise<RunResult> {
    const { brain } = this.#parts;
    const words = prompt.trim();
    if (!brain) {
      throw new AtelierError({
        code: 'brain-failed',
        message: 'This studio has no brain to plan with.',
        hint: 'Give one: atelier({ brain: planner() }) with planner() from @atelier/local, or any AI SDK model.',
      });
    }
    if (words === '') throw new AtelierError({ code: 'invalid-input', message: 'The request is empty.' });
    const port = (options.port ?? ((emit) => memoryPort({ emit, answer: options.answer })))((event) => log.push(event));
    const narrator = new Narrator(port, options.language ?? languageOf(words));
    const { signal, maxSteps } = options;
    const session = this.#runSession();
    const outcome = await runLoop({ brain, session, prompt: words, port, narrator, signal, maxSteps });
    return this.#toResult(outcome);
  }

  async #toResult({ answer, outputImage, edits, verified }: RunOutcome): Promise<RunResult> {
    const image = outputImage === null ? await this.image() : await (await this.state()).library.getImage(outputImage);
    return { answer, image, changed: outputImage !== null, edits, verified };
  }

  /** The session as the loop sees it. Opening it decodes pictures, so it waits for the first recorded step. */
  #runSession(): RunSession {
    return {
      begin: async (signal) => {
        signal?.throwIfAborted();
        const { images, current, messages } = (await this.state()).record;
        return { images, current, messages: messages.map((message) => modelMessageSchema.parse(message)) };
      },
      commit: async (messages, edits) => {
        const state = await this.state();
        await state.addMessages(messages);
        return edits.flatMap((id) => state.record.edits.filter((edit) => edit.id === id));
      },
      context: () => this.toolContext(),
    };
  }

  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => {});
    return turn;
  }
}
