import type { Backend, CapabilityMap } from '../../capabilities/capability.ts';
import { createAsk } from './ask.ts';
import { Connection } from './connection.ts';
import { createDetect } from './detect.ts';
import { settingsOf, type TritonBackendOptions } from './options.ts';
import { createGenerate, createInpaint, createRemove } from './paintings.ts';
import { createSegment } from './segment.ts';

/** A backend whose models run on a Triton server. */
export interface TritonBackend extends Backend {
  readonly name: 'triton';
  /** Ends open calls and connections, unless the client was given. The next call connects again. */
  close(): Promise<void>;
  /**
   * Asks the server which models it has ready, so that routing knows it from the first call on.
   * Rejects with a `TritonError` where no server answers.
   */
  refresh(): Promise<void>;
}

/**
 * The capabilities of a Triton server that hosts vqa (`ask`), owlv2 (`detect`, any words), sam (`segment`) and sd3
 * (`inpaint`, `remove`, `generate`).
 *
 * Nothing is connected before the first call, and routing never waits for the server: until something is known, every model
 * is taken to be there. The first call also reads the server's list of models; from then on the next backend in the order
 * given is asked for what this server cannot do. So a very first call to a model that is not there fails with
 * `model-not-found`. To be right from the beginning, `await backend.refresh()` once, or say `models: { sd3: false }`.
 * A model that is loaded later is noticed after half a minute.
 *
 * `detect` needs phrases. Painting needs the gRPC port (`grpc-required` without it), and aborting it stops the model.
 *
 * @example atelier({ backends: [triton({ url: 'http://gpu-box:8000' }), local()] })
 * @throws `invalid-input` for an address that is none or an option out of its range.
 */
export function triton(options: TritonBackendOptions): TritonBackend {
  const settings = settingsOf(options);
  const connection = new Connection(options);
  const { vqa, owlv2, sam, sd3 } = settings.models;
  const capabilities: Partial<CapabilityMap> = {
    ...(vqa ? { ask: createAsk(connection, vqa, settings) } : {}),
    ...(owlv2 ? { detect: createDetect(connection, owlv2, settings) } : {}),
    ...(sam ? { segment: createSegment(connection, sam) } : {}),
    ...(sd3
      ? {
          remove: createRemove(connection, sd3, settings),
          inpaint: createInpaint(connection, sd3, settings),
          generate: createGenerate(connection, sd3, settings),
        }
      : {}),
  };
  return {
    name: 'triton',
    capabilities,
    refresh: () => connection.refresh(),
    close: () => connection.close(),
  };
}
