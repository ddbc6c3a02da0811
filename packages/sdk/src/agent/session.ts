import type { LanguageModelV4 } from '@ai-sdk/provider';
import { modelMessageSchema } from 'ai';
import type { z } from 'zod';
import { languageOf } from '../capabilities/ask/ask.ts';
import type { Language } from '../capabilities/ask/contract.ts';
import { loadImage } from '../capabilities/vision.ts';
import type { VisionContext } from '../capabilities/vision-context.ts';
import { AtelierError } from '../errors/atelier-error.ts';
import { findEdit } from '../history/edit-graph.ts';
import type { EditNode, KnownImage } from '../history/session-record.ts';
import { unlessAborted } from '../image/abort.ts';
import type { Image } from '../image/image.ts';
import type { ImageInput, ReadPolicy } from '../image/image-input.ts';
import type { Mask } from '../image/mask.ts';
import { runTool } from '../tools/run-tool.ts';
import type { ToolName, toolSchemas } from '../tools/schemas.ts';
import { describeImage, type ToolContext } from '../tools/tool-context.ts';
import { type AnyTool, findTool } from '../tools/tools.ts';
import { EventLog } from './event-log.ts';
import { type ProtectInput, toRules } from './protect-rules.ts';
import type { Run, RunOptions } from './run.ts';
import type { SessionState } from './session-state.ts';
import { startRun } from './start-run.ts';
import type { OpenContext } from './tool-runner.ts';

export interface SessionParts {
  readonly id: string;
  readonly brain: LanguageModelV4 | undefined;
  readonly vision: VisionContext;
  readonly policy: ReadPolicy;
  readonly open: () => Promise<SessionState>;
  readonly images: readonly ImageInput[];
  /** Undefined: what the stored session protects. */
  readonly protect?: readonly ProtectInput[] | undefined;
}

export interface CallToolOptions {
  /** Language of what the tool says. Default `en`. */
  readonly language?: Language | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Share of the work done, 0..1. */
  readonly progress?: ((fraction: number) => void) | undefined;
}

export interface UndoOptions {
  /** What becomes of the edits made after it: made again without it (`keep`, the default), or taken back with it (`drop`). */
  readonly later?: 'keep' | 'drop' | undefined;
  /** Stops the work and rejects with `cancelled`; the session is then as it was. */
  readonly signal?: AbortSignal | undefined;
}

/** What became of an undo. */
export interface UndoResult {
  /** The current picture now. */
  readonly image: Image;
  /** Id of the edit that was taken back. */
  readonly undone: string;
  /** The later edits as they were made again, in order: new nodes, whose `replays` names the edit they repeat. */
  readonly replayed: readonly EditNode[];
  /** The first later edit that no longer applies, and why: an error code and its message. It and those after it are not in the picture. */
  readonly stopped?: { readonly edit: string; readonly tool: string; readonly code: string; readonly message: string };
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
    const language = options.language ?? languageOf(prompt);
    const result = startRun(this.#runParts(), prompt, { ...options, language }, log).finally(() => log.end());
    // Whoever only reads events must not be killed by an unhandled rejection: the failure is an event as well.
    result.catch(() => {});
    return { events: { [Symbol.asyncIterator]: () => log.read() }, result };
  }

  /** Calls one tool as a brain would: ids in, ids out. For hosts that render the tools themselves. Throws `AtelierError`s. */
  async call<Name extends ToolName>(
    tool: Name,
    input: z.input<(typeof toolSchemas)[Name]['input']>,
    options: CallToolOptions = {},
  ): Promise<z.output<(typeof toolSchemas)[Name]['output']>> {
    // runTool has parsed the output with the schema of this very tool.
    return (await this.callTool(findTool(tool), input, options)) as z.output<(typeof toolSchemas)[Name]['output']>;
  }

  /**
   * Takes an edit back (default: the latest). Later edits are made again without it, up to the first that no longer applies:
   * `stopped` says which and why. Nothing is deleted: the path as it was stays in the graph.
   */
  async undo(edit?: string, options: UndoOptions = {}): Promise<UndoResult> {
    await this.#fresh();
    const { later, signal } = options;
    const { image, undone, replayed, stopped } = await this.call('undo_edit', { edit, later }, { signal });
    const { edits } = await this.#state();
    return {
      image: await this.loadImage(image),
      undone,
      replayed: replayed.map((id) => findEdit(edits, id)),
      ...(stopped ? { stopped } : {}),
    };
  }

  /** Adds a picture and makes it the current one. */
  async addImage(input: ImageInput): Promise<Image> {
    const state = await this.#state();
    const image = await this.#load(state, input);
    await state.showImage(describeImage(image));
    return image;
  }

  /** The current picture; null in a session without pictures. */
  async image(): Promise<Image | null> {
    const { current } = (await this.#fresh()).record;
    return current === null ? null : this.loadImage(current);
  }

  /** The edits that led to the current picture, first one first. */
  async history(): Promise<readonly EditNode[]> {
    return (await this.#fresh()).path();
  }

  /** Any picture of the session's scope by its id. Throws `not-found`. */
  async loadImage(id: string): Promise<Image> {
    return (await this.#state()).library.getImage(id);
  }

  /** The stored file of a picture, as it is: the original's bytes where nothing was changed, else PNG. Throws `not-found`. */
  async loadFile(id: string): Promise<{ readonly bytes: Uint8Array; readonly mediaType: string }> {
    return (await this.#state()).library.getImageFile(id);
  }

  /** Any mask of the session's scope by its id. Throws `not-found`. */
  async loadMask(id: string): Promise<Mask> {
    return (await (await this.#state()).library.getMask(id)).mask;
  }

  /** @internal Keeps a picture of a message: a new one becomes the current one. */
  async offerImage(input: ImageInput): Promise<KnownImage> {
    const state = await this.#state();
    // Whoever wrote the message must not read this machine's files through it.
    const image = await this.#load(state, input, { ...this.#parts.policy, roots: [] });
    await state.offerImage(describeImage(image));
    return describeImage(image);
  }

  /** @internal */
  async callTool(tool: AnyTool, input: unknown, options: CallToolOptions): Promise<unknown> {
    const { language = 'en', signal, progress } = options;
    return runTool(tool, input, { ...(await this.#context()), language, signal, progress });
  }

  /** @internal What brains are told about the session. */
  async images(): Promise<{ readonly images: readonly KnownImage[]; readonly current: string | null }> {
    return (await this.#fresh()).record;
  }

  #state(): Promise<SessionState> {
    this.#opened ??= this.#open();
    return this.#opened;
  }

  async #fresh(): Promise<SessionState> {
    const state = await this.#state();
    await state.refresh();
    return state;
  }

  async #open(): Promise<SessionState> {
    try {
      const state = await this.#parts.open();
      const { protect } = this.#parts;
      if (protect) await state.setProtect(await toRules(protect, state.library));
      for (const image of this.#parts.images) await state.offerImage(describeImage(await this.#load(state, image)));
      return state;
    } catch (error) {
      // A missing file may be there the next time.
      this.#opened = undefined;
      throw error;
    }
  }

  async #load({ library }: SessionState, input: ImageInput, policy: ReadPolicy = this.#parts.policy): Promise<Image> {
    const image = await loadImage(input, library, policy);
    await library.putImage(image);
    return image;
  }

  readonly #context: OpenContext = async () => {
    const { vision, policy } = this.#parts;
    const state = await this.#state();
    const workspace: ToolContext['workspace'] = state;
    return { vision, policy, library: state.library, workspace };
  };

  #runParts() {
    return {
      brain: this.#parts.brain,
      context: this.#context,
      state: () => this.#fresh(),
      inTurn: <Value>(work: () => Promise<Value>, signal: AbortSignal | undefined) => this.#inTurn(work, signal),
      parseMessage: (message: unknown) => modelMessageSchema.parse(message),
    };
  }

  /** Waits for earlier runs, but not when told to stop. */
  #inTurn<Value>(work: () => Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
    const turn = unlessAborted(this.#turn, signal).then(work, (reason: unknown) => {
      if (signal?.aborted) return work();
      throw reason instanceof Error ? reason : new AtelierError({ code: 'brain-failed', message: String(reason) });
    });
    const earlier = this.#turn;
    this.#turn = Promise.allSettled([earlier, turn]);
    return turn;
  }
}
