import type { PlannedToolName } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import { safeNamePattern, type ToolName } from '@atelier/sdk/tools';
import type { AgentClient } from '@atelier/server/client';
import { historyView } from '../in-process/history-view.ts';
import type {
  Change,
  PictureInfo,
  PreviewRequest,
  SessionHistoryView,
  TakenPicture,
  TakeOptions,
  ToolCall,
  ToolOutcome,
  Workshop,
} from '../workshop.ts';
import { ApiJobs } from './api-jobs.ts';
import { ApiPictures, pictureOf } from './api-pictures.ts';
import { apiPreview } from './api-preview.ts';
import { notFound, withAtelierErrors } from './as-atelier-error.ts';

export interface AgentApiWorkshopOptions {
  readonly client: AgentClient;
  /** Of calls that name neither a session nor something that one knows. */
  readonly session: string | undefined;
  readonly approve: 'edits' | 'never';
}

/** One caller's tools over an agent API, which knows where pictures and edits were last seen. */
export class AgentApiWorkshop implements Workshop {
  readonly kind = 'api';
  readonly jobs: ApiJobs;
  readonly #client: AgentClient;
  readonly #session: string | undefined;
  readonly #pictures: ApiPictures;
  readonly #listeners = new Set<(change: Change) => void>();

  constructor({ client, session, approve }: AgentApiWorkshopOptions) {
    this.#client = client;
    this.#session = session;
    this.#pictures = new ApiPictures(client);
    const changed = (change: Change): void => this.#tell(change);
    this.jobs = new ApiJobs({ client, approve, changed, sessionOf: (image) => this.#sessionOf(image) });
  }

  /** Whether nobody listens. */
  get isIdle(): boolean {
    return this.#listeners.size === 0;
  }

  async call({ tool, input, session: wanted, language, signal }: ToolCall): Promise<ToolOutcome> {
    const name = servedName(tool);
    const isAbout = typeof input.image === 'string' || typeof input.edit === 'string';
    const session = wanted ?? (isAbout ? undefined : this.#session);
    const outcome = await withAtelierErrors(
      // The schemas of tools check their inputs, here and there; a name and an input of one tool belong together.
      () => this.#client.callTool(name, input as never, { session, language, signal }),
      signal,
    );
    if ('image' in outcome.output) this.#shown(outcome.session);
    return outcome;
  }

  async takeBytes(bytes: Uint8Array, { session, makeCurrent = true, signal }: TakeOptions = {}): Promise<TakenPicture> {
    const picture = await this.#pictures.store(bytes, signal);
    if (!makeCurrent && (await this.#showsPicture(session ?? this.#session))) {
      this.#tell({ kind: 'pictures' });
      return { ...picture, isCurrent: false };
    }
    try {
      await this.call({ tool: 'load_image', input: { source: picture.id }, session, language: 'en', signal });
    } catch (error) {
      // A job works in the conversation's own session: the picture is there all the same, and begins another one.
      if (session !== undefined || !AtelierError.isInstance(error) || error.code !== 'conflict') throw error;
      this.#tell({ kind: 'pictures' });
      return { ...picture, isCurrent: false };
    }
    return { ...picture, isCurrent: true };
  }

  async picture(id: string): Promise<PictureInfo> {
    return pictureOf(await this.#pictures.info(id));
  }

  file(id: string, { signal }: { readonly signal?: AbortSignal | undefined } = {}) {
    return this.#pictures.file(id, signal);
  }

  async fileInfo(id: string): Promise<{ readonly mediaType: string; readonly size: number }> {
    const { mediaType, bytes } = await this.#pictures.info(id);
    return { mediaType, size: bytes };
  }

  preview(id: string, request: PreviewRequest = {}) {
    return apiPreview(this.#client, this.#pictures, id, request);
  }

  mask(id: string) {
    return this.#pictures.mask(id);
  }

  recentPictures({
    limit = 50,
    startsWith = '',
  }: {
    limit?: number | undefined;
    startsWith?: string | undefined;
  } = {}) {
    return this.#pictures.recent(limit, startsWith);
  }

  async recentSessions({ limit = 20 }: { limit?: number | undefined } = {}): Promise<readonly string[]> {
    const page = { limit: Math.min(Math.max(limit, 1), 100) };
    const { sessions } = await withAtelierErrors(() => this.#client.sessions(page));
    return sessions.map(({ id }) => id);
  }

  async history(session: string): Promise<SessionHistoryView> {
    if (!safeNamePattern.test(session)) throw notFound('session', session);
    return withAtelierErrors(async () => historyView(session, await this.#client.session(session).history()));
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #sessionOf(image: string | undefined): Promise<string | undefined> {
    if (image === undefined) return this.#session;
    const { sessions } = await this.#client.sessions({ knows: image, limit: 1 });
    return sessions[0]?.id ?? this.#session;
  }

  async #showsPicture(session: string | undefined): Promise<boolean> {
    if (session === undefined) return false;
    try {
      return (await this.history(session)).image !== null;
    } catch (error) {
      if (AtelierError.isInstance(error) && error.code === 'not-found') return false;
      throw error;
    }
  }

  #shown(session: string): void {
    this.#tell({ kind: 'pictures' });
    this.#tell({ kind: 'session', session });
  }

  #tell(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }
}

/** Throws `invalid-input` for `plan`, which only agents call. */
function servedName(tool: ToolName): PlannedToolName {
  if (tool !== 'plan') return tool;
  throw new AtelierError({ code: 'invalid-input', message: 'There is no tool called "plan" here.' });
}
