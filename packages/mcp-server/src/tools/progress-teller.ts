import type { ServerContext } from '@modelcontextprotocol/server';
import type { McpCall } from './mcp-tool.ts';

/** At most one notification in this time with the same words, in milliseconds: hosts draw a bar, not a film. */
const leastPause = 100;

/** Progress notifications of one request, for callers that want them. Fractions never fall. */
export function progressTeller({ mcpReq }: ServerContext): Pick<McpCall, 'tell'> {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return { tell() {} };
  let [latest, told, toldAt] = [-1, '', Number.NEGATIVE_INFINITY];
  return {
    tell(fraction, message) {
      const progress = Math.round(Math.min(1, Math.max(0, fraction)) * 1000) / 10;
      const now = performance.now();
      // The revision of 2025 demands that it rises with every notification.
      if (progress <= latest || (message === told && now - toldAt < leastPause) || mcpReq.signal.aborted) return;
      [latest, told, toldAt] = [progress, message, now];
      const params = { progressToken, progress, total: 100, message };
      // Whoever is gone needs no progress; the call itself finds out by its signal.
      mcpReq.notify({ method: 'notifications/progress', params }).catch(() => {});
    },
  };
}
