import { type ChannelInterface, connectivityState } from '@grpc/grpc-js';

/**
 * Whether a channel has had a connection since some moment. A call that waits for its answer does not say itself whether
 * it was sent; but it is as soon as there is a connection, and cannot be before.
 */
export class ConnectionWatch {
  readonly #channel: ChannelInterface;
  #isUp = false;
  #connections = 0;

  constructor(channel: ChannelInterface) {
    this.#channel = channel;
    this.#watch();
  }

  /** Asked later, it says whether there was a connection between now and then. */
  fromNow(): () => boolean {
    const before = this.#isUp ? this.#connections - 1 : this.#connections;
    return () => this.#connections > before;
  }

  #watch(): void {
    const state = this.#channel.getConnectivityState(false);
    this.#isUp = state === connectivityState.READY;
    if (this.#isUp) this.#connections += 1;
    if (state === connectivityState.SHUTDOWN) return;
    this.#channel.watchConnectivityState(state, Number.POSITIVE_INFINITY, () => this.#watch());
  }
}
