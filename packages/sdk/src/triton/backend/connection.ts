import type { Unable } from '../../capabilities/capability.ts';
import { AtelierError } from '../../errors/atelier-error.ts';
import { unlessAborted } from '../../image/abort.ts';
import { TritonClient } from '../client/client.ts';
import type { TritonCallOptions } from '../client/client-options.ts';
import { AccessDeniedError, ModelNotFoundError, ModelNotReadyError } from '../errors.ts';
import type { InputValue } from '../models/model-types.ts';
import type { RepositoryEntry } from '../server-documents.ts';
import { HostedModels } from './hosted-models.ts';
import { settingsOf, type TritonBackendOptions } from './options.ts';
import type { Outputs } from './outputs.ts';

type Inputs = Readonly<Record<string, InputValue>>;

/** How long the question which models there are may take, milliseconds, unless calls may take less. It never decides whether one works. */
const indexTimeoutMs = 2_000;

/** What a capability needs of a server. */
export type ModelCalls = Pick<Connection, 'able' | 'infer' | 'stream'>;

/** The server behind a backend: its client, made at the first call, and what is known of its models. */
export class Connection {
  readonly #options: TritonBackendOptions;
  #own: TritonClient | undefined;
  readonly #hosted = new HostedModels((patient) => this.#index(patient));

  /** Throws `invalid-input` for an address that is none. */
  constructor(options: TritonBackendOptions) {
    this.#options = options;
    if (options.url === undefined && !options.client) {
      throw new AtelierError({
        code: 'invalid-input',
        message: 'triton() was given no server.',
        hint: "Give it an address, triton({ url: 'http://gpu-box:8000' }), or a client.",
      });
    }
    if (options.url !== undefined) this.#own = new TritonClient(options);
  }

  get client(): TritonClient {
    const { url } = this.#options;
    // Models of any client are called by name here, and every output is checked by hand.
    if (url === undefined) return this.#options.client as TritonClient;
    this.#own ??= new TritonClient(this.#options);
    return this.#own;
  }

  able(model: string): true | Unable {
    const reason = this.#hosted.missing(model);
    if (reason === undefined) return true;
    return {
      code: 'capability-unavailable',
      hint: `It needs the model ${model}, and ${reason}.`,
      details: { model },
    };
  }

  /** Asks the server which models it has: for as long as calls may take, if the options say that. Rejects as the client does. */
  async refresh(): Promise<void> {
    await this.#hosted.refresh({ patient: true });
  }

  async infer(model: string, inputs: Inputs, options: TritonCallOptions): Promise<Outputs> {
    const learnt = this.#hosted.learn();
    try {
      return await this.client.model(model).infer(inputs, options);
    } catch (error) {
      throw await this.#told(model, error);
    } finally {
      // Routing after this call must know the models, also where the index comes after the answer.
      await settled(learnt, options);
    }
  }

  async *stream(model: string, inputs: Inputs, options: TritonCallOptions): AsyncGenerator<Outputs, void> {
    const learnt = this.#hosted.learn();
    try {
      yield* this.client.model(model).stream(inputs, options);
    } catch (error) {
      throw await this.#told(model, error);
    } finally {
      await settled(learnt, options);
    }
  }

  /** Ends what is open, unless the client is somebody else's. */
  async close(): Promise<void> {
    await this.#own?.close();
  }

  async #index(patient: boolean): Promise<readonly RepositoryEntry[]> {
    const wanted = (this.#options.url === undefined ? undefined : this.#options.timeoutMs) ?? indexTimeoutMs;
    const options = { timeoutMs: patient ? wanted : Math.min(wanted, indexTimeoutMs) };
    try {
      return await this.client.repositoryIndex(options);
    } catch (error) {
      if (!(error instanceof AccessDeniedError)) throw error;
      return await this.#readiness(options);
    }
  }

  /** Of a server that keeps its list to itself, since Triton restricts loading and the list together: each model is asked for. */
  async #readiness(options: TritonCallOptions): Promise<readonly RepositoryEntry[]> {
    const names = Object.values(settingsOf(this.#options).models).filter((name) => name !== false);
    const states = names.map(async (name) => ((await this.client.modelReady(name, options)) ? 'READY' : ''));
    return (await Promise.all(states)).map((state, at) => ({ name: names[at], version: '', state, reason: '' }));
  }

  async #told(model: string, error: unknown): Promise<unknown> {
    if (error instanceof ModelNotFoundError || error instanceof ModelNotReadyError) await this.#hosted.lost(model);
    return error;
  }
}

/** Waits for work that never fails, but not past the signal. */
const settled = (work: Promise<void>, { signal }: TritonCallOptions): Promise<void> =>
  unlessAborted(work, signal).catch(() => {});
