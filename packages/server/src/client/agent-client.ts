import type { PlannedToolName, toolSchemas } from '@atelier/sdk';
import type { z } from 'zod';
import { Connection, type ConnectionOptions } from './connection.ts';
import { fileOf, type ImageSource } from './image-source.ts';
import { type InvokeOptions, invoke } from './invoke.ts';
import { type CallOptions, type InvokedJob, invokedJob, type JobHandle, jobHandle } from './job-handle.ts';
import { type SessionHandle, sessionHandle } from './session-handle.ts';
import { type CallToolOptions, callTool, type ToolOutcome } from './tool-calls.ts';
import { type VisionClient, visionClient } from './vision-client.ts';
import type { WatchSettings } from './watch-job.ts';
import type { ImageInfo, Job, JobState, SessionEntry } from './wire.ts';

export interface AgentClientOptions extends ConnectionOptions {
  /** Seconds without a byte after which a stream of events counts as dead and is opened again. The server sends one every 15. Default 45. */
  readonly silenceSeconds?: number | undefined;
  /** Seconds without a connection after which watching a job is given up with `connection-lost` or `server-unreachable`. Default 300. */
  readonly patienceSeconds?: number | undefined;
}

export interface PageOptions extends CallOptions {
  /** 1..100. Default: the server's. */
  readonly limit?: number | undefined;
  /** `next` of the page before. */
  readonly cursor?: string | undefined;
}

export interface ListSessionsOptions extends PageOptions {
  /** Id of a picture or an edit: only sessions that know it, the one where it was last seen first. */
  readonly knows?: string | undefined;
}

export interface ListImagesOptions extends PageOptions {
  /** What ids begin with. */
  readonly prefix?: string | undefined;
}

export interface ListJobsOptions extends PageOptions {
  readonly state?: JobState | undefined;
  readonly session?: string | undefined;
}

export interface JobPage {
  /** Newest first. */
  readonly jobs: readonly Job[];
  /** `cursor` of the next page; null: this is the last one. */
  readonly next: string | null;
}

export interface ImagePage {
  /** Newest first. */
  readonly images: readonly ImageInfo[];
  /** `cursor` of the next page; null: this is the last one. */
  readonly next: string | null;
}

export interface SessionPage {
  /** The last used first. */
  readonly sessions: readonly SessionEntry[];
  /** `cursor` of the next page; null: this is the last one. */
  readonly next: string | null;
}

/** The agent API, typed. Everything it throws is an `AgentError`, but aborts, which throw their signal's reason. */
export interface AgentClient {
  /**
   * Has a prompt carried out. Returns as soon as the server has accepted it; tries again where the connection breaks or the
   * server refuses for now, and makes one job all the same.
   * @example const job = await client.invoke({ image: file, prompt: 'remove the cup' });
   */
  invoke(options: InvokeOptions): Promise<InvokedJob>;
  /** A job by its id. Nothing is sent. */
  job(id: string): JobHandle;
  /** One's own jobs, newest first. */
  jobs(options?: ListJobsOptions): Promise<JobPage>;
  /** One's own sessions, the last used first; with `knows`, those that know a picture or an edit. */
  sessions(options?: ListSessionsOptions): Promise<SessionPage>;
  /** A session by its id. Nothing is sent. */
  session(id: string): SessionHandle;
  /** Stores a picture, for jobs and `vision` to name by its id. Equal pictures have equal ids. */
  uploadImage(image: ImageSource, options?: CallOptions): Promise<ImageInfo>;
  /** One's own pictures, newest first. */
  images(options?: ListImagesOptions): Promise<ImagePage>;
  /** The file of a picture or a mask, or a preview of a picture: `width` in pixels, 16..2048. Throws `not-found`. */
  image(id: string, options?: CallOptions & { readonly width?: number | undefined }): Promise<Blob>;
  /** A signed URL of a picture, which works without a key for an hour: for `<img src>`. Throws `not-found`. */
  imageUrl(id: string, options?: CallOptions & { readonly width?: number | undefined }): Promise<string>;
  /** The capabilities themselves, without an agent. */
  readonly vision: VisionClient;
  /**
   * Calls one of the tools that the agent calls: ids in, ids out, kept in a session. What several things fit is an answer too:
   * `needs: 'choice'`. A call that is aborted stops the work.
   * @example const { output, session } = await client.callTool('remove_object', { image: id, phrase: 'the cup' });
   */
  callTool<Name extends PlannedToolName>(
    tool: Name,
    input: z.input<(typeof toolSchemas)[Name]['input']>,
    options?: CallToolOptions,
  ): Promise<ToolOutcome<Name>>;
}

/**
 * A client of the agent API, for browsers and Node.
 * @example const client = createAgentClient({ url: 'http://localhost:3000' });
 */
export function createAgentClient(options: AgentClientOptions): AgentClient {
  const connection = new Connection(options);
  const settings: WatchSettings = {
    silenceSeconds: options.silenceSeconds ?? 45,
    patienceSeconds: options.patienceSeconds ?? 300,
  };
  const uploadImage: AgentClient['uploadImage'] = (image, { signal } = {}) =>
    connection.json('/images', { method: 'POST', ...pictureOf(image), signal, repeatable: true });
  return {
    async invoke(request) {
      return invokedJob(connection, await invoke(connection, request), settings);
    },
    job: (id) => jobHandle(connection, id, settings),
    jobs: ({ signal, ...query } = {}) => connection.json(`/jobs${search(query)}`, { signal }),
    sessions: ({ signal, ...query } = {}) => connection.json(`/sessions${search(query)}`, { signal }),
    session: (id) => sessionHandle(connection, id),
    uploadImage,
    images: ({ signal, ...query } = {}) => connection.json(`/images${search(query)}`, { signal }),
    async image(id, { signal, width } = {}) {
      const path = `/images/${encodeURIComponent(id)}${search({ w: width })}`;
      const response = await connection.send(path, { signal, headers: { accept: 'image/*' } });
      return response.blob();
    },
    async imageUrl(id, { width, ...rest } = {}) {
      // Stored already: it is only looked up, and its URL signed.
      const { url } = await uploadImage(id, rest);
      return width === undefined ? url : `${url}&w=${width}`;
    },
    vision: visionClient(connection),
    callTool: (tool, input, options) => callTool(connection, tool, input, options),
  };
}

function pictureOf(image: ImageSource): { readonly json: unknown } | { readonly form: FormData } {
  if (typeof image === 'string') return { json: { image } };
  const form = new FormData();
  form.append('image', fileOf(image), 'image');
  return { form };
}

function search(query: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}
