import { isRecord } from '../result/guards.ts';

type Params = Readonly<Record<string, unknown>>;

interface Waiting {
  resolve(result: Params): void;
  reject(error: Error): void;
}

export interface RequestOptions {
  /** Tells the host that nobody waits any longer. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds. Default: no limit, for the host's own holds. */
  readonly timeoutMs?: number | undefined;
}

/** What the host says unasked, and asks. A handler's result answers a request. */
export type Handlers = Readonly<Record<string, (params: Params) => void>>;

/**
 * JSON-RPC with the host's window, as MCP Apps speak it. Written here because the page is shown with every result: the SDK's own
 * class brings every schema of the protocol along, twenty times the page.
 */
export class Connection {
  readonly #waiting = new Map<number, Waiting>();
  readonly #handlers: Handlers;
  #lastId = 0;

  constructor(handlers: Handlers) {
    this.#handlers = handlers;
    window.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (event.source === window.parent && isRecord(event.data)) this.#receive(event.data);
    });
  }

  request(method: string, params: Params, { signal, timeoutMs }: RequestOptions = {}): Promise<Params> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const giveUp = (reason: string): void => {
        if (!this.#waiting.delete(id)) return;
        this.notify('notifications/cancelled', { requestId: id, reason });
        reject(new DOMException(reason, 'AbortError'));
      };
      if (timeoutMs !== undefined) setTimeout(giveUp, timeoutMs, 'The host did not answer.');
      signal?.addEventListener('abort', () => giveUp('The person cancelled it.'), { once: true });
      this.#waiting.set(id, { resolve, reject });
      this.#send({ id, method, params });
    });
  }

  notify(method: string, params: Params = {}): void {
    this.#send({ method, params });
  }

  #send(message: Params): void {
    // The host's origin is not known in a sandbox; nothing secret is said.
    window.parent.postMessage({ jsonrpc: '2.0', ...message }, '*');
  }

  #receive(message: Params): void {
    if (message.jsonrpc !== '2.0') return;
    const { id, method } = message;
    if (typeof method === 'string') this.#handle(id, method, isRecord(message.params) ? message.params : {});
    else this.#settle(id, message);
  }

  #settle(id: unknown, message: Params): void {
    const waiting = typeof id === 'number' ? this.#waiting.get(id) : undefined;
    if (!waiting || typeof id !== 'number') return;
    this.#waiting.delete(id);
    if (isRecord(message.result)) waiting.resolve(message.result);
    else waiting.reject(new Error(errorText(message.error)));
  }

  #handle(id: unknown, method: string, params: Params): void {
    const handler = Object.hasOwn(this.#handlers, method) ? this.#handlers[method] : undefined;
    handler?.(params);
    if (id === undefined) return;
    const isKnown = method === 'ping' || handler !== undefined;
    this.#send(isKnown ? { id, result: {} } : { id, error: { code: -32601, message: 'Method not found' } });
  }
}

const errorText = (error: unknown): string =>
  isRecord(error) && typeof error.message === 'string' ? error.message : 'The host refused.';
