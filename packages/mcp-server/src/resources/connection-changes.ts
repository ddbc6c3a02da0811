import { type McpServer, ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { ResourceAccess } from './access.ts';
import { watchChanges } from './watch-changes.ts';

/** Addresses that one connection may watch. */
const mostSubscriptions = 1000;
const longestUri = 2048;

/**
 * Subscriptions of the revision of 2025, which each connection keeps for itself, and notices of changes to a connection that lives on.
 * Over HTTP a legacy host's connection ends with its request: its subscription is taken and nothing can come of it.
 */
export function tellConnection(server: McpServer, { workshop, era, lifetime }: ResourceAccess): void {
  const { server: connection } = server;
  connection.registerCapabilities({ resources: { subscribe: true, listChanged: true } });
  const subscribed = new Set<string>();
  if (era === 'legacy') {
    connection.setRequestHandler('resources/subscribe', ({ params: { uri } }) => {
      if (uri.length > longestUri || (subscribed.size >= mostSubscriptions && !subscribed.has(uri))) throw tooMuch();
      subscribed.add(uri);
      return {};
    });
    connection.setRequestHandler('resources/unsubscribe', ({ params: { uri } }) => {
      subscribed.delete(uri);
      return {};
    });
  }
  if (lifetime === 'request') return;
  const stop = watchChanges({
    workshop,
    publish: {
      // A connection that closes meanwhile has nobody to tell.
      resourceUpdated: (uri) => {
        if (server.isConnected() && (era === 'modern' || subscribed.has(uri))) {
          connection.sendResourceUpdated({ uri }).catch(() => {});
        }
      },
      resourcesChanged: () => {
        if (server.isConnected()) connection.sendResourceListChanged().catch(() => {});
      },
    },
  });
  const before = connection.onclose;
  connection.onclose = () => {
    stop();
    before?.();
  };
}

const tooMuch = (): ProtocolError =>
  new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    `A connection watches ${mostSubscriptions} addresses of ${longestUri} characters at most. Unsubscribe from others first.`,
  );
