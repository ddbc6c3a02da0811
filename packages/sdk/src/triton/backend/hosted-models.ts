import { AtelierError } from '../../errors/atelier-error.ts';
import type { RepositoryEntry } from '../server-documents.ts';

/** After this long, milliseconds, a model that was not there is looked for again. */
const staleMs = 30_000;

/**
 * Which models the server has, as far as it is known. Before anything is known every model is taken to be there: routing
 * must not wait for a server, and the first call finds out.
 */
export class HostedModels {
  readonly #read: (patient: boolean) => Promise<readonly RepositoryEntry[]>;
  #entries: readonly RepositoryEntry[] | undefined;
  /** Found out by calls, where the server does not list its models. */
  readonly #lost = new Set<string>();
  #knownSince: number | undefined;
  #reading: Promise<void> | undefined;
  #isSecret = false;

  /** @param read asks the server for its repository index. `patient`: somebody waits for just that. */
  constructor(read: (patient: boolean) => Promise<readonly RepositoryEntry[]>) {
    this.#read = read;
  }

  /**
   * Why a model cannot be used, or undefined. Never waits; what is known may be old, and a model that was missing is then
   * looked for again in the background, for the next time.
   */
  missing(model: string): string | undefined {
    const reason = this.#reasonOf(model);
    const isOld = this.#knownSince !== undefined && performance.now() - this.#knownSince > staleMs;
    if (reason !== undefined && isOld) this.refresh().catch(() => {});
    return reason;
  }

  /** Asks the server now; calls at the same time share one question. Rejects as the client does. */
  refresh({ patient = false }: { readonly patient?: boolean } = {}): Promise<void> {
    this.#reading ??= this.#update(patient).finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  /** Asks the server unless it has told before. Never rejects: a server may keep its list to itself. */
  async learn(): Promise<void> {
    if (this.#entries || this.#isSecret) return;
    await this.refresh().catch((error: unknown) => {
      // A server that was only out of reach is asked again at the next call.
      this.#isSecret = !(AtelierError.isInstance(error) && error.isRetryable);
    });
  }

  /** A call found that a model is not there or not ready. */
  async lost(model: string): Promise<void> {
    await this.refresh().catch(() => {
      this.#knownSince = performance.now();
      this.#lost.add(model);
    });
  }

  #reasonOf(model: string): string | undefined {
    if (this.#lost.has(model)) return 'the server said that it is not there when it was called';
    if (!this.#entries) return undefined;
    const versions = this.#entries.filter(({ name }) => name === model);
    if (versions.some(({ state }) => state === 'READY')) return undefined;
    if (versions.length === 0) return 'the server does not have it';
    const [{ state, reason }] = versions;
    return `it is not loaded${state === '' ? '' : ` (${[state, reason].filter(Boolean).join(': ')})`}`;
  }

  async #update(patient: boolean): Promise<void> {
    try {
      this.#entries = await this.#read(patient);
    } catch (error) {
      // Without a list the model is worth another try after a while.
      if (this.#knownSince !== undefined && performance.now() - this.#knownSince > staleMs) this.#lost.clear();
      throw error;
    }
    this.#lost.clear();
    this.#knownSince = performance.now();
  }
}
