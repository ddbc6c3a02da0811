import type { LanguageModelV4 } from '@ai-sdk/provider';
import { modelMessageSchema } from 'ai';
import type { z } from 'zod';
import { languageOf } from '../capabilities/ask/ask.ts';
import type { Language } from '../capabilities/ask/contract.ts';
import { loadImage } from '../capabilities/vision.ts';
import { rising, type VisionContext } from '../capabilities/vision-context.ts';
import { currentOf, findEdit } from '../history/edit-graph.ts';
import type { Recipe } from '../history/recipe.ts';
import type { EditNode, KnownImage } from '../history/session-record.ts';
import { cancelled, orCancelled } from '../image/abort.ts';
import type { Image } from '../image/image.ts';
import type { ImageInput, ReadPolicy } from '../image/image-input.ts';
import type { Mask } from '../image/mask.ts';
import type { Preview } from '../image/preview.ts';
import { runTool } from '../tools/run-tool.ts';
import type { ToolName, toolSchemas } from '../tools/schemas.ts';
import { type PreviewByIdOptions, previewById, type ShowPicture, showPicturesOf } from '../tools/show-pictures.ts';
import { describeImage, type ToolContext } from '../tools/tool-context.ts';
import { type AnyTool, findTool } from '../tools/tools.ts';
import { type Comparison, compare } from './comparison.ts';
import { EventLog } from './event-log.ts';
import { type ProtectInput, toRules } from './protect-rules.ts';
import { applyRecipe, parseRecipe } from './recipe/apply-recipe.ts';
import { writeRecipe } from './recipe/write-recipe.ts';
import type { ApprovalMode, Run, RunOptions } from './run.ts';
import { newSessionId } from './session-id.ts';
import type {
  ApplyOptions,
  ApplyResult,
  BranchOptions,
  EditGraph,
  UndoOptions,
  UndoResult,
} from './session-results.ts';
import type { SessionState } from './session-state.ts';
import { startRun } from './start-run.ts';
import type { OpenContext } from './tool-runner.ts';

export interface SessionParts {
  readonly id: string;
  readonly brain: LanguageModelV4 | undefined;
  /** What runs ask a person about, unless they say otherwise. */
  readonly approve?: ApprovalMode | undefined;
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
  /** Told when the edit is made and is being looked at again. */
  readonly onVerify?: (() => void) | undefined;
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
    const result = startRun(
      this.#runParts(),
      prompt,
      { approve: this.#parts.approve, ...options, language },
      log,
    ).finally(() => log.end());
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
   * Takes an edit back (default: the latest), after runs that are under way. Later edits are made again without it, up to the first that no longer applies:
   * `stopped` says which and why. Nothing is deleted: the path as it was stays in the graph.
   */
  async undo(edit?: string, options: UndoOptions = {}): Promise<UndoResult> {
    const { later, signal } = options;
    const undo = async () => {
      await this.#fresh();
      return this.call('undo_edit', { edit, later }, { signal });
    };
    const { image, undone, replayed, stopped } = await this.#inTurn(undo, signal);
    const { edits } = await this.#state();
    return {
      image: await this.loadImage(image),
      undone,
      replayed: replayed.map((id) => findEdit(edits, id)),
      ...(stopped ? { stopped } : {}),
    };
  }

  /**
   * Moves to what an edit showed, also on another branch; null: to the picture that the current path began with. After runs
   * that are under way. Throws `not-found`.
   */
  async goTo(edit: string | null): Promise<Image> {
    return this.#inTurn(async () => {
      const state = await this.#fresh();
      await state.goTo(edit);
      return state.library.getImage(currentOf(state.record));
    }, undefined);
  }

  /** Every edit that was made, as a graph, and where the session is in it. */
  async graph(): Promise<EditGraph> {
    const { edits, head, current } = (await this.#fresh()).record;
    return { nodes: edits, head, current };
  }

  /**
   * A new session that goes on by itself from an edit (default: the head), with the pictures and edits up to there and what
   * is protected. Taken at the head, it has the dialogue too. Throws `not-found`; `conflict` where there is one of that id.
   */
  async branch({ at, id = newSessionId() }: BranchOptions = {}): Promise<Session> {
    const state = await this.#fresh();
    const branched = await state.branch(id, at === undefined ? state.head : at);
    return new Session({ ...this.#parts, id, images: [], protect: undefined, open: async () => branched });
  }

  /** Compares two pictures, by the ids of the edits that made them or by their own. Throws `not-found`. */
  async compare(a: string, b: string, { signal }: { readonly signal?: AbortSignal } = {}): Promise<Comparison> {
    const { record, library } = await this.#fresh();
    return orCancelled(signal, () => compare(record, library, a, b, signal));
  }

  /** The edits that led to the current picture, and what is protected, ready to be done to other pictures. Plain JSON. */
  async recipe(): Promise<Recipe> {
    const state = await this.#fresh();
    return writeRecipe(state.library, state.path(), state.protect);
  }

  /**
   * Does a recipe to the current picture, after runs that are under way. What it protects is protected from now on. A step
   * that fails ends it: the error's `details.step` says which, from 1, and the edits before it stay made.
   */
  async apply(recipe: Recipe, { signal, progress }: ApplyOptions = {}): Promise<ApplyResult> {
    const checked = parseRecipe(recipe);
    const work = async () => {
      const context = { ...(await this.#context()), language: 'en', signal, progress: rising(progress) } as const;
      const state = await this.#fresh();
      return applyRecipe(state, context, checked).catch((error: unknown) => {
        throw signal?.aborted ? cancelled(signal.reason) : error;
      });
    };
    return this.#inTurn(work, signal);
  }

  /**
   * Adds a picture. `makeCurrent`: whether it becomes the current one (default `always`), only in a session that shows none
   * (`if-none`), or is stored for this session's scope and the session left as it is (`never`).
   */
  async addImage(
    input: ImageInput,
    { makeCurrent = 'always' }: { readonly makeCurrent?: 'always' | 'if-none' | 'never' | undefined } = {},
  ): Promise<Image> {
    const state = await this.#state();
    const image = await this.#load(state, input);
    if (makeCurrent === 'always') await state.showImage(describeImage(image));
    if (makeCurrent === 'if-none') await state.keepImage(describeImage(image));
    return image;
  }

  /** Whether there is a picture of this id in the session's scope. Nothing is decoded. */
  async hasImage(id: string): Promise<boolean> {
    return (await this.#state()).library.hasImage(id);
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

  /** A small copy of a picture for looking at, of at most 768 pixels and 256 KiB unless told otherwise. Throws `not-found`. */
  async preview(id: string, options: PreviewByIdOptions = {}): Promise<Preview> {
    return previewById((await this.#state()).library, id, options);
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
    const { language = 'en', signal, progress, onVerify } = options;
    return runTool(tool, input, { ...(await this.#context()), language, signal, progress, onVerify });
  }

  /** @internal Small copies of pictures, for brains that see. */
  readonly showPicture: ShowPicture = showPicturesOf(() => this.#state());

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
      const rules = protect && (await toRules(protect, state.library));
      for (const image of this.#parts.images) await state.offerImage(describeImage(await this.#load(state, image)));
      // After the pictures: boxes are of the one that is current.
      if (rules) await state.setProtect(rules);
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

  /** Waits for what was begun earlier. Told to stop while it waits, it rejects with `cancelled` and nothing begins. */
  #inTurn<Value>(work: () => Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
    const earlier = this.#turn;
    const turn = orCancelled(signal, () => earlier).then(work);
    // What follows waits for all that is at work, and keeps none of its results.
    this.#turn = Promise.allSettled([earlier, turn]).then(() => undefined);
    return turn;
  }
}
