import { AgentError } from './agent-error.ts';
import { backoff, pause, retryAfter } from './pause.ts';
import { readError } from './read-error.ts';

export interface ConnectionOptions {
  /**
   * Where the agent API is, with the path it is mounted at; in web pages also a path alone.
   * @example 'https://atelier.example.org' @example '/api/atelier'
   */
  readonly url: string;
  /**
   * An API key or a JWT, or what gives one: asked before every request, so tokens may change. Default: none, for servers
   * that are open. Never put a server's key into a web page: give pages short-lived tokens.
   */
  readonly key?: string | (() => string | Promise<string>) | undefined;
  /** How requests are made. Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** How often a request is tried again, where that cannot do anything twice. Default 4. */
  readonly retries?: number | undefined;
  /** Seconds one request may take, with its answer. Streams of events are not bound by it. Default 300. */
  readonly requestSeconds?: number | undefined;
}

export interface Outgoing {
  readonly method?: 'GET' | 'POST' | undefined;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly form?: FormData | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Whether sending it twice does it once. Default: true for GET. Others are tried again only where the server refused them. */
  readonly repeatable?: boolean | undefined;
}

/** Longest time that a server may send a request away for, to be tried again unasked. */
const longestWait = 60_000;

/** The one door to the server: address, key, and what is tried again. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #base: string;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#base = options.url.replace(/\/+$/, '');
    if (!isAddress(this.#base)) throw notAnAddress(options.url);
  }

  /** The whole address of a path. */
  href(path: string): string {
    return `${this.#base}${path}`;
  }

  /** The JSON of an answer. */
  async json<Value>(path: string, outgoing: Outgoing = {}): Promise<Value> {
    const response = await this.send(path, outgoing);
    try {
      // One definition on both sides: the server's schemas are where `Value` comes from.
      return (await response.json()) as Value;
    } catch (cause) {
      throw outgoing.signal?.aborted ? outgoing.signal.reason : unread(response.status, cause);
    }
  }

  /** A good answer. Throws `AgentError` for all others, once there is no use in trying again. */
  async send(path: string, outgoing: Outgoing = {}): Promise<Response> {
    const { signal, method = 'GET', repeatable = method === 'GET' } = outgoing;
    const last = this.#options.retries ?? 4;
    for (let attempt = 0; ; attempt++) {
      const timed = { ...outgoing, signal: within(this.#options.requestSeconds ?? 300, signal) };
      const outcome = await this.once(path, timed).catch((error: unknown) => {
        if (signal?.aborted) throw signal.reason;
        if (timed.signal.aborted) throw timedOut(timed.signal.reason);
        if (!repeatable || attempt >= last || !AgentError.isInstance(error)) throw error;
        return undefined;
      });
      if (outcome?.ok) return outcome;
      const wait = (outcome && retryAfter(outcome.headers)) ?? backoff(attempt, 250, 8000);
      const isRefused = outcome?.status === 429 || outcome?.status === 503;
      if (outcome && (!isRefused || attempt >= last || wait > longestWait)) throw await this.errorOf(outcome);
      await outcome?.body?.cancel();
      await pause(wait, signal);
    }
  }

  /** What an answer that is no good stands for. */
  errorOf(response: Response): Promise<AgentError> {
    const { key } = this.#options;
    return readError(response, typeof key === 'string' ? key : undefined);
  }

  /** One attempt, whatever its status. Throws the signal's reason, or `server-unreachable`. */
  async once(path: string, { method = 'GET', json, form, headers, signal }: Outgoing): Promise<Response> {
    const { key, fetch = globalThis.fetch } = this.#options;
    const token = typeof key === 'function' ? await key() : key;
    signal?.throwIfAborted();
    try {
      return await fetch(this.href(path), {
        method,
        headers: {
          accept: 'application/json',
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        ...(form === undefined ? {} : { body: form }),
        ...(signal === undefined ? {} : { signal }),
      });
    } catch (cause) {
      throw signal?.aborted ? signal.reason : unreachable(this.#base, cause);
    }
  }
}

/** Whole addresses, and in web pages also paths. `localhost:3000` is none: its scheme would be `localhost:`. */
const isAddress = (base: string): boolean =>
  URL.canParse(base) ? /^https?:$/.test(new URL(base).protocol) : 'location' in globalThis && /^(\/|$|\.)/.test(base);

const notAnAddress = (url: string): AgentError =>
  new AgentError({
    code: 'invalid-input',
    message: `${JSON.stringify(url)} is not the address of a server.`,
    hint: "Give the whole address, with http:// or https://: 'http://localhost:3000'. In a web page a path will do: '/api/atelier'.",
  });

const within = (seconds: number, signal: AbortSignal | undefined): AbortSignal => {
  const limit = AbortSignal.timeout(seconds * 1000);
  return signal ? AbortSignal.any([signal, limit]) : limit;
};

const unreachable = (base: string, cause: unknown): AgentError =>
  new AgentError({
    code: 'server-unreachable',
    message: `No answer from ${base}.`,
    hint: 'Is the server running, and is this the right address? From a web page: is its origin among the server’s allowed origins?',
    isRetryable: true,
    cause,
  });

const timedOut = (cause: unknown): AgentError =>
  new AgentError({ code: 'timed-out', message: 'The server did not answer in time.', isRetryable: true, cause });

/** Why an answer that began well could not be read. */
function unread(status: number, cause: unknown): AgentError {
  if (cause instanceof DOMException && cause.name === 'TimeoutError') return timedOut(cause);
  if (!(cause instanceof SyntaxError)) {
    const message = 'The connection broke in the middle of the answer.';
    return new AgentError({ code: 'connection-lost', message, isRetryable: true, cause });
  }
  return new AgentError({
    code: 'response-invalid',
    message: 'The answer is not JSON.',
    hint: 'Does the address lead to the agent API itself, and not to a page?',
    status,
    cause,
  });
}
