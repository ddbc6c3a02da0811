import type { McpServer } from '@modelcontextprotocol/server';
import type { ResourceAccess } from './access.ts';

/** Where faults of ours go, which callers are not told of. */
export const faultTeller =
  (server: McpServer, { onFault }: Pick<ResourceAccess, 'onFault'>) =>
  (error: unknown): void => {
    if (onFault) onFault(error);
    else server.server.onerror?.(error instanceof Error ? error : new Error(String(error)));
  };
