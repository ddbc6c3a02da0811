import { unlessAborted } from '../../image/abort.ts';
import { AccessDeniedError, ServerUnreachableError, TimedOutError, TritonError } from '../errors.ts';
import type { Transport, TransportCall } from '../transport.ts';
import { within } from './within.ts';

const probeTimeoutMs = 2_000;
/** How long a port is left alone that refused: a server that is starting opens gRPC a moment after HTTP. */
const refusedMs = 1_000;
/** And one that was silent, as behind a firewall: each question there takes as long as a question may. */
const silentMs = 60_000;

interface Ports {
  http(): Transport;
  grpc(): Transport;
}

/**
 * Whether a server's gRPC port is open, for streams that may go over either wire. It is asked before the first stream, since
 * a port behind a firewall says nothing for as long as one waits. Once it was open it counts as open for good: a server that
 * is down for a while must not look like one that has no gRPC.
 */
export class GrpcReach {
  readonly #ports: Ports;
  readonly #headers: () => Promise<Readonly<Record<string, string>>>;
  #wasOpen = false;
  #closedUntil = 0;
  #asking: Promise<boolean> | undefined;

  /** @param headers of the question: those that the client sends with every call. */
  constructor(ports: Ports, headers: () => Promise<Readonly<Record<string, string>>>) {
    this.#ports = ports;
    this.#headers = headers;
  }

  /** Rejects with `server-unreachable` where neither wire answers. */
  async isOpen(signal: AbortSignal | undefined): Promise<boolean> {
    if (this.#wasOpen) return true;
    if (performance.now() < this.#closedUntil) return false;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return await unlessAborted(this.#asking, signal);
  }

  async #ask(): Promise<boolean> {
    const timedOut = () => new TimedOutError({ message: `The token was not there within ${probeTimeoutMs} ms.` });
    const headers = await within(this.#headers(), { timeoutMs: probeTimeoutMs, timedOut });
    const call = { timeoutMs: probeTimeoutMs, headers };
    try {
      await this.#ports.grpc().live(call);
    } catch (error) {
      const isRefused = error instanceof ServerUnreachableError;
      if (isRefused || error instanceof TimedOutError) return await this.#askHttp(call, isRefused, error);
      if (!(error instanceof TritonError)) throw error;
      // Whatever it said, somebody speaks gRPC there.
    }
    this.#wasOpen = true;
    return true;
  }

  async #askHttp(call: TransportCall, isRefused: boolean, cause: unknown): Promise<boolean> {
    const http = this.#ports.http();
    try {
      await http.live(call);
    } catch (error) {
      if (!(error instanceof AccessDeniedError)) {
        const { server } = this.#ports.grpc();
        throw new ServerUnreachableError({
          server,
          message: `Neither gRPC at ${server} nor HTTP at ${http.server} answers.`,
          hint: 'Is the server running, and are these its addresses?',
          cause,
        });
      }
    }
    this.#closedUntil = performance.now() + (isRefused ? refusedMs : silentMs);
    return false;
  }
}
