import type { ApprovalMode, RleMask, Session, Studio, ToolName } from '@atelier/sdk';
import { inProcessJobs } from '../../jobs/in-process/in-process-jobs.ts';
import type { Slots } from '../../jobs/in-process/slots.ts';
import { changesPictures } from '../../tools/changes-pictures.ts';
import type {
  Change,
  PictureInfo,
  PreviewFile,
  PreviewRequest,
  SessionHistoryView,
  StoredFile,
  TakenPicture,
  TakeOptions,
  ToolCall,
  ToolOutcome,
  Workshop,
} from '../workshop.ts';
import { filePictureIndex } from './file-picture-index.ts';
import type { Gate } from './gate.ts';
import { historyView } from './history-view.ts';
import { memoryPictureIndex, type PictureIndex } from './picture-index.ts';
import { presentPictures } from './present-pictures.ts';
import { standOn } from './stand-on.ts';
import { Whereabouts } from './whereabouts.ts';
import { atWork, unknownSession, whichEdit } from './workshop-errors.ts';

export interface InProcessWorkshopOptions {
  readonly scope: string;
  readonly session: string | undefined;
  readonly approve: Extract<ApprovalMode, string>;
  /** Asked for with every call, so that nothing is kept here of it. */
  readonly studio: () => Promise<Studio>;
  readonly folder: string | undefined;
  /** Through which pictures come in and are made small: one of all tenants. */
  readonly intake: Gate;
  /** The same for calls of tools. */
  readonly calls: Gate;
  /** The same for jobs. */
  readonly jobs: Slots;
}

const sizeOf = ({ id, width, height }: PictureInfo): PictureInfo => ({ id, width, height });

/** One tenant's tools over a studio in this process. */
export class InProcessWorkshop implements Workshop {
  readonly kind = 'sdk';
  readonly jobs: ReturnType<typeof inProcessJobs>;
  readonly #options: InProcessWorkshopOptions;
  readonly #index: PictureIndex;
  readonly #whereabouts: Whereabouts;
  readonly #listeners = new Set<(change: Change) => void>();

  constructor(options: InProcessWorkshopOptions) {
    this.#options = options;
    const { folder, approve } = options;
    this.#index = folder === undefined ? memoryPictureIndex() : filePictureIndex(folder);
    this.#whereabouts = new Whereabouts(this.#index, options.session, async (id, image) => {
      const { nodes } = await (await options.studio()).session({ id }).graph();
      return nodes.some(({ receipt }) => receipt.after === image);
    });
    this.jobs = inProcessJobs({
      studio: options.studio,
      folder,
      approve,
      slots: options.jobs,
      sessionOf: (image) => this.#whereabouts.sessionToEdit(image),
      seen: (ids, session) => this.#index.saw({ session, ...ids }),
      changed: (change) => this.#tell(change),
    });
  }

  /** Whether nobody listens and nothing is at work. */
  get isIdle(): boolean {
    return this.#listeners.size === 0 && this.jobs.isIdle;
  }

  call(call: ToolCall): Promise<ToolOutcome> {
    return this.#options.calls.run(this.#options.scope, () => this.#call(call), call.signal);
  }

  async #call({ tool, input, session: wanted, language, signal, progress, onVerify }: ToolCall): Promise<ToolOutcome> {
    const studio = await this.#options.studio();
    const image = typeof input.image === 'string' ? input.image : undefined;
    const edit = typeof input.edit === 'string' ? input.edit : undefined;
    const known = wanted ?? (await this.#sessionFor(tool, edit, image));
    if (tool === 'undo_edit' && known === undefined) throw whichEdit(edit);
    const job = known === undefined ? undefined : await this.jobs.unfinishedIn(known);
    if (job !== undefined && changesPictures(tool)) throw atWork(job);
    const session = studio.session(known === undefined ? {} : { id: known });
    // Edits of a picture belong to a session that has it. Looking at it does not change what the person, or a job, works on.
    if (image !== undefined && job === undefined) await session.addImage(image, { makeCurrent: 'if-none' });
    if (tool === 'undo_edit' && edit !== undefined) await standOn(session, edit);
    // The schemas of tools check their inputs; a name and an input of one tool belong together there.
    const output = (await session.call(tool, input as never, {
      language,
      signal,
      progress,
      onVerify,
    })) as ToolOutcome['output'];
    await this.#notice(session, known, image, output);
    return { output, session: session.id };
  }

  #sessionFor(tool: ToolName, edit: string | undefined, image: string | undefined): Promise<string | undefined> {
    if (edit !== undefined || !changesPictures(tool)) return this.#whereabouts.sessionOf(edit ?? image);
    return this.#whereabouts.sessionToEdit(image);
  }

  async takeBytes(
    bytes: Uint8Array,
    { session: wanted, makeCurrent = true, signal }: TakeOptions = {},
  ): Promise<TakenPicture> {
    const id = wanted ?? this.#options.session;
    const session = (await this.#options.studio()).session(id === undefined ? {} : { id });
    signal?.throwIfAborted();
    const isAtWork = id !== undefined && (await this.jobs.unfinishedIn(id)) !== undefined;
    const options = { makeCurrent: isAtWork ? 'never' : makeCurrent ? 'always' : 'if-none' } as const;
    // A file of a few kilobytes can stand for a hundred million pixels.
    const { id: image, width, height } = await this.#decoding(() => session.addImage(bytes, options), signal);
    const info = { id: image, width, height };
    await this.#index.saw({ session: session.id, images: [info] });
    this.#tell({ kind: 'pictures' });
    this.#tell({ kind: 'session', session: session.id });
    return { ...info, isCurrent: (await session.graph()).current === image };
  }

  async picture(id: string): Promise<PictureInfo> {
    const scope = await this.#scope();
    const known = await this.#index.picture(id);
    if (known && (await scope.hasImage(id))) return known;
    if (known) await this.#index.forget(id);
    const { width, height } = await this.#decoding(() => scope.loadImage(id));
    return { id, width, height };
  }

  async file(id: string): Promise<StoredFile> {
    return (await this.#scope()).loadFile(id);
  }

  async fileInfo(id: string): Promise<{ readonly mediaType: string; readonly size: number }> {
    const { bytes, mediaType } = await this.file(id);
    return { mediaType, size: bytes.length };
  }

  async preview(id: string, request: PreviewRequest = {}): Promise<PreviewFile> {
    const scope = await this.#scope();
    return this.#decoding(() => scope.preview(id, request), request.signal);
  }

  async mask(id: string): Promise<RleMask> {
    const scope = await this.#scope();
    return this.#decoding(async () => (await scope.loadMask(id)).toRle());
  }

  async recentPictures({
    limit = 50,
    startsWith,
  }: {
    limit?: number | undefined;
    startsWith?: string | undefined;
  } = {}): Promise<readonly PictureInfo[]> {
    let scope: Promise<Session | undefined> | undefined;
    const isThere = async (id: string) => {
      // Where servers are away, the list is there all the same.
      scope ??= this.#scope().catch(() => undefined);
      return (await scope)?.hasImage(id) ?? true;
    };
    return presentPictures(this.#index, isThere, limit, startsWith);
  }

  recentSessions({ limit = 20 }: { limit?: number | undefined } = {}) {
    return this.#index.sessions(limit);
  }

  async history(id: string): Promise<SessionHistoryView> {
    const session = (await this.#options.studio()).session({ id });
    const graph = await session.graph();
    if (graph.current === null && graph.nodes.length === 0) throw unknownSession(id);
    return historyView(id, graph);
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    await this.jobs.close();
  }

  /** In its turn: decoded pictures take much memory. */
  #decoding<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    const { intake, scope } = this.#options;
    return intake.run(scope, work, signal);
  }

  /** Any session of the tenant can read all pictures of the tenant. */
  async #scope() {
    return (await this.#options.studio()).session();
  }

  /** Keeps what a call showed, so that the next one finds its session. */
  async #notice(
    session: Session,
    known: string | undefined,
    image: string | undefined,
    output: ToolOutcome['output'],
  ): Promise<void> {
    const made = typeof output.image === 'string' ? output.image : undefined;
    const edits = typeof output.edit === 'string' ? [output.edit] : [];
    const replayed = Array.isArray(output.replayed) ? output.replayed.filter((id) => typeof id === 'string') : [];
    if (made === undefined && (known !== undefined || image === undefined)) return;
    const ids = [...(known === undefined && image !== undefined ? [image] : []), ...(made === undefined ? [] : [made])];
    // Not in line once more: the call has its place, and what it made is at hand.
    const images = await Promise.all(ids.map(async (id) => (await this.#index.picture(id)) ?? session.loadImage(id)));
    await this.#index.saw({ session: session.id, images: images.map(sizeOf), edits: [...edits, ...replayed] });
    if (made === undefined) return;
    this.#tell({ kind: 'pictures' });
    this.#tell({ kind: 'session', session: session.id });
  }

  #tell(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }
}
