import type { ModelMetadata } from '../../server-documents.ts';
import type { TransportCall } from '../../transport.ts';

/** Somebody else may load another version, so what was read is not believed for ever. */
const freshMs = 60_000;

type Read = (model: string, version: string | undefined, call: TransportCall) => Promise<ModelMetadata>;

/** The inputs and outputs of models, read once each. */
export class ModelMetadataCache {
  readonly #read: Read;
  readonly #known = new Map<string, { readonly metadata: ModelMetadata; readonly until: number }>();

  constructor(read: Read) {
    this.#read = read;
  }

  async get(model: string, version: string | undefined, call: TransportCall): Promise<ModelMetadata> {
    const key = JSON.stringify([model, version]);
    const known = this.#known.get(key);
    if (known && performance.now() < known.until) return known.metadata;
    const metadata = await this.#read(model, version, call);
    this.#known.set(key, { metadata, until: performance.now() + freshMs });
    return metadata;
  }

  forget(): void {
    this.#known.clear();
  }
}
